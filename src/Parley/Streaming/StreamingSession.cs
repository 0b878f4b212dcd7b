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
    private readonly string? _streamId;
    private RecentSegments _recent;
    private StreamSegment[] _open;
    private StreamSegment[] _closing = [];
    private int _openCount;
    private int _closingCount;
    private int _nextSegment;
    private long _nextEvent;

    /// <summary>Opens a session.</summary>
    /// <param name="config">Its settings; null for the contract's defaults.</param>
    public StreamingSession(StreamConfig? config = null)
    {
        _config = config ?? new StreamConfig();
        _recent = new RecentSegments();
        _open = new StreamSegment[1];
        if (!_config.EmitIds) return;

        _streamId = _config.StreamId;
        _nextEvent = 1;
    }

    /// <summary>How many chunks were moved to the end of their own speaker's open segment because they started before it.</summary>
    public long ClampedChunks { get; private set; }

    /// <summary>How many chunks came after their own speaker's segment had closed without them.</summary>
    public long LateChunks { get; private set; }

    /// <summary>Takes one chunk and says what follows from it: the finals of the segments it closed, in order of opening, then one partial.</summary>
    /// <exception cref="ChunkRefusedException">The chunk breaks the contract. Nothing has changed.</exception>
    public StreamEvents IngestChunk(StreamChunk chunk)
    {
        Check(chunk);
        CheckOverlap(chunk);
        var given = chunk;
        var own = CloseLanes(ref chunk);
        var partial = own >= 0
            ? _open[own] = _open[own].Grow(Math.Max(chunk.End, _open[own].End), chunk.Text)
            : Open(chunk);
        return Report(given, partial);
    }

    /// <summary>
    /// Closes the open segment of one speaker, because a silence or the recogniser's end of turn says so. Returns its final, or nothing if the
    /// speaker has none open.
    /// </summary>
    public StreamEvents CloseLane(string? speakerId)
    {
        for (var i = 0; i < _openCount; i++)
        {
            if (!SameSpeaker(_open[i].SpeakerId, speakerId)) continue;
            var lane = TakeLane(i);
            Recent.Add(lane, lane.End);
            Closing(lane);
            return Report(given: null, partial: null);
        }

        return default;
    }

    /// <summary>Closes what is open, in order of opening, and forgets it: the session can be used again. Ids go on.</summary>
    public StreamEvents EndOfStream()
    {
        for (var i = 0; i < _openCount; i++) Closing(_open[i]);
        Array.Clear(_open, 0, _openCount);
        _openCount = 0;
        Recent.Clear();
        return Report(given: null, partial: null, endsTurns: false);
    }

    /// <summary>Whether a chunk may be taken at all, whatever is open.</summary>
    /// <exception cref="ChunkRefusedException">It breaks the contract.</exception>
    public static void Check(in StreamChunk chunk)
    {
        if (!double.IsFinite(chunk.Start) || !double.IsFinite(chunk.End)) throw ChunkRefusedException.NotFinite(chunk);
        if (chunk.End < chunk.Start) throw ChunkRefusedException.EndBeforeStart(chunk);
        if (chunk.Text is null) throw ChunkRefusedException.NullText(chunk);
    }

    private void CheckOverlap(in StreamChunk chunk)
    {
        if (_config.Overlap == OverlapMode.Reject && _openCount > 0 && chunk.Start < _open[0].End)
            throw ChunkRefusedException.Overlap(chunk, _open[0].End);
    }

    private StreamSegment Open(in StreamChunk chunk)
    {
        var continues = SegmentBody.None;
        if (_recent.TryGet(chunk.SpeakerId, out var last))
        {
            if (chunk.Start >= last.End && chunk.Start - last.End <= _config.MaxGapSec) continues = last.Number;
            if (chunk.Start < last.End || chunk.Start < last.ClosedAt) LateChunks++;
        }

        if (_openCount == _config.MaxLanes) GiveWay(chunk.Start);
        var body = new SegmentBody(chunk.Start, chunk.SpeakerId, _nextSegment, continues, chunk.Text);
        _nextSegment = checked(_nextSegment + 1);
        var segment = new StreamSegment(body, chunk.End, 1, _config.Join, _config.EmitIds);
        if (_openCount == _open.Length) Array.Resize(ref _open, _openCount * 2);
        _open[_openCount++] = segment;
        return segment;
    }

    private static bool SameSpeaker(string? left, string? right) => string.Equals(left, right, StringComparison.Ordinal);
}
