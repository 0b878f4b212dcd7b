namespace Parley.Streaming;

/// <summary>One thing that a session has to say about its segments.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Segment">The segment it happened to, as it was then. For a chunk boundary: the chunk.</param>
/// <param name="EventId">Counts a session's events from 1; 0 without <see cref="StreamConfig.EmitIds"/>.</param>
/// <param name="StreamId">The session's stream; null without <see cref="StreamConfig.EmitIds"/>.</param>
public readonly record struct StreamEvent(StreamEventType Type, StreamSegment Segment, long EventId = 0, string? StreamId = null);
