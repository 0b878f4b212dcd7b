using System.Runtime.InteropServices;

namespace Parley.Streaming;

/// <summary>
/// Turns chunks of one conversation into segments: the state machine of the contract, <i>Streaming Architecture v0.1</i>, and beyond it lanes for
/// people who talk over each other.
/// </summary>
/// <remarks>
/// Deterministic: no clock, no I/O, no lock. For one thread at a time; the segments it hands out may be read from any.
/// Both overlap modes are one algorithm: <see cref="OverlapMode.Reject"/> refuses what would open a second lane.
/// </remarks>
public sealed partial class StreamingSession
{
    private readonly StreamConfig _config;
    private readonly Lanes _lanes;
    private List<StreamSegment>? _closing;
    private long _nextEvent;

    /// <summary>Opens a session.</summary>
    /// <param name="config">Its settings; null for the contract's defaults.</param>
    public StreamingSession(StreamConfig? config = null)
    {
        _config = config ?? new StreamConfig();
        _lanes = new Lanes(_config.Join, _config.EmitIds);
        _nextEvent = _config.EmitIds ? 1 : 0;
    }

    /// <summary>Gets the number of chunks that were moved to the end of their own speaker's open segment because they started before it.</summary>
    public long ClampedChunks { get; private set; }

    /// <summary>Gets the number of chunks that came after their own speaker's segment had closed without them.</summary>
    public long LateChunks { get; private set; }

    /// <summary>Gets the segments that are open, in order of opening.</summary>
    public IReadOnlyList<StreamSegment> OpenSegments => _lanes.Open;

    private string? StreamId => _config.EmitIds ? _config.StreamId : null;

    /// <summary>Takes one chunk and returns what follows from it: the finals of the segments it closed, in order of opening, then one partial.</summary>
    /// <exception cref="ChunkRefusedException">The chunk breaks the contract. Nothing has changed.</exception>
    public StreamEvents IngestChunk(StreamChunk chunk)
    {
        var placement = SegmentRules.Place(_lanes, chunk, _config, ref _closing);
        if (placement.IsClamped) ClampedChunks++;
        if (placement.IsLate) LateChunks++;
        var partial = placement.Opens ? null : _lanes.Grow(placement.Lane, chunk.End, chunk.Text, chunk.Details);
        foreach (var lane in CollectionsMarshal.AsSpan(_closing)) _lanes.Close(lane.Number, chunk.Start);
        partial ??= _lanes.Add(
            placement.Start, Math.Max(chunk.End, placement.Start), chunk.Text, chunk.SpeakerId, placement.Continues, chunk.Details);
        return Report(chunk, partial);
    }

    /// <summary>
    /// Closes the open segment of one speaker, because a silence or the recogniser's end of turn says so. Returns its final, or nothing if the
    /// speaker has none open.
    /// </summary>
    public StreamEvents CloseLane(string? speakerId)
    {
        if (_lanes.Find(speakerId) is not { } lane) return default;
        _lanes.Close(lane.Number, lane.End);
        (_closing ??= []).Add(lane);
        return Report(given: null, partial: null);
    }

    /// <summary>Closes what is open, in order of opening, and forgets it: the session can be used again. Ids go on.</summary>
    public StreamEvents EndOfStream()
    {
        if (_lanes.Open.Count > 0) (_closing ??= []).AddRange(_lanes.Open);
        _lanes.Clear();
        return Report(given: null, partial: null, endsTurns: false);
    }

    /// <summary>Checks that a chunk may be taken at all, whatever is open.</summary>
    /// <exception cref="ChunkRefusedException">It breaks the contract.</exception>
    public static void Check(in StreamChunk chunk) => SegmentRules.Check(chunk);
}
