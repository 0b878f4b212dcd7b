namespace Parley.Streaming;

public sealed partial class StreamingSession
{
    // Most forks close nothing; then they never need a memory of their own.
    private bool _sharesRecent;

    internal StreamingSession(StreamConfig config, SessionSnapshot snapshot)
        : this(config)
    {
        _open = [.. snapshot.Open.Select(lane => new StreamSegment(
            new SegmentBody(lane.Start, lane.SpeakerId, lane.Number, lane.Continues, lane.Text), lane.End, 1, config.Join, config.EmitIds)), null!];
        _openCount = snapshot.Open.Count;
        foreach (var closed in snapshot.Recent) _recent.Add(closed);
        _nextSegment = snapshot.NextSegment;
        _nextEvent = snapshot.NextEvent;
        ClampedChunks = snapshot.ClampedChunks;
        LateChunks = snapshot.LateChunks;
    }

    private StreamingSession(StreamingSession other)
    {
        _config = other._config;
        _streamId = other._streamId;
        (_recent, _sharesRecent, other._sharesRecent) = (other._recent, true, true);
        _open = [.. other._open];
        _openCount = other._openCount;
        _nextSegment = other._nextSegment;
        _nextEvent = other._nextEvent;
        ClampedChunks = other.ClampedChunks;
        LateChunks = other.LateChunks;
    }

    /// <summary>The segments that are open, in order of opening.</summary>
    public IReadOnlyList<StreamSegment> OpenSegments => new ArraySegment<StreamSegment>(_open, 0, _openCount);

    /// <summary>What was closed, to be written to.</summary>
    private RecentSegments Recent
    {
        get
        {
            if (_sharesRecent) (_recent, _sharesRecent) = (_recent.Copy(), false);
            return _recent;
        }
    }

    /// <summary>A session that goes on from here by itself, to see what would follow. Cheap: what was said is shared.</summary>
    internal StreamingSession Fork() => new(this);

    internal SessionSnapshot ToSnapshot() => new(
        [.. OpenSegments.Select(lane => new SessionSnapshot.Lane(lane.Start, lane.End, lane.Text, lane.SpeakerId, lane.Number, lane.ContinuesNumber))],
        _recent.ToArray(),
        _nextSegment,
        _nextEvent,
        ClampedChunks,
        LateChunks);
}
