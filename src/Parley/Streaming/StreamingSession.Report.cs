using System.Runtime.InteropServices;

namespace Parley.Streaming;

public sealed partial class StreamingSession
{
    /// <summary>Everything that one call says: the chunk, the finals with their turn boundaries, the partial.</summary>
    private StreamEvents Report(in StreamChunk? given, StreamSegment? partial, bool endsTurns = true)
    {
        var closed = CollectionsMarshal.AsSpan(_closing);
        var hasBoundaries = (given is not null && _config.EmitChunkBoundaries) || (!closed.IsEmpty && _config.EmitTurnBoundaries);
        var events = closed.Length <= 1 && !hasBoundaries
            ? new StreamEvents(closed.IsEmpty ? null : closed[0], partial, _nextEvent, StreamId)
            : new StreamEvents(List(given, closed, partial, endsTurns));
        _closing?.Clear();
        if (_config.EmitIds) _nextEvent += events.Count;
        return events;
    }

    private StreamEvent[] List(StreamChunk? given, ReadOnlySpan<StreamSegment> closed, StreamSegment? partial, bool endsTurns)
    {
        var reportsTurns = endsTurns && _config.EmitTurnBoundaries;
        var boundary = _config.EmitChunkBoundaries ? given : null;
        var count = closed.Length + (boundary is null ? 0 : 1) + (partial is null ? 0 : 1);
        foreach (var final in closed) count += reportsTurns && EndsTurn(final, given) ? 1 : 0;

        var events = new StreamEvent[count];
        var next = 0;
        if (boundary is { } chunk)
            Add(StreamEventType.ChunkBoundary, new(chunk.Start, chunk.End, chunk.Text, chunk.SpeakerId, chunk.Details));
        foreach (var final in closed)
        {
            Add(StreamEventType.FinalSegment, final);
            if (reportsTurns && EndsTurn(final, given)) Add(StreamEventType.TurnBoundary, final);
        }

        if (partial is not null) Add(StreamEventType.PartialSegment, partial);
        return events;

        void Add(StreamEventType type, StreamSegment segment)
        {
            events[next] = new(type, segment, _config.EmitIds ? _nextEvent + next : 0, StreamId);
            next++;
        }
    }

    private bool EndsTurn(StreamSegment final, StreamChunk? closer) =>
        closer is not { } chunk || !string.Equals(final.SpeakerId, chunk.SpeakerId, StringComparison.Ordinal) || chunk.Start - final.End >= _config.TurnGapSec;
}
