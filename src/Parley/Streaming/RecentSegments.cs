namespace Parley.Streaming;

/// <summary>The last closed segment of each of the speakers heard last: what a new segment may be going on from.</summary>
/// <remarks>Bounded: with more than <see cref="Capacity"/> speakers, the one whose segment closed first is forgotten.</remarks>
internal sealed class RecentSegments
{
    public const int Capacity = 16;

    private readonly List<Closed> _closed = [];

    public void Add(StreamSegment segment, double at) => Add(new(segment.SpeakerId, segment.End, segment.Number, at));

    public void Add(Closed closed)
    {
        var index = IndexOf(closed.SpeakerId);
        if (index >= 0) _closed.RemoveAt(index);
        else if (_closed.Count == Capacity) _closed.RemoveAt(0);
        _closed.Add(closed);
    }

    public Closed[] ToArray() => [.. _closed];

    public bool TryGet(string? speakerId, out Closed closed)
    {
        var index = IndexOf(speakerId);
        closed = index >= 0 ? _closed[index] : default;
        return index >= 0;
    }

    public void Clear() => _closed.Clear();

    private int IndexOf(string? speakerId)
    {
        for (var i = _closed.Count - 1; i >= 0; i--)
        {
            if (string.Equals(_closed[i].SpeakerId, speakerId, StringComparison.Ordinal)) return i;
        }

        return -1;
    }

    /// <param name="SpeakerId">Whose segment it was.</param>
    /// <param name="End">Where it ended.</param>
    /// <param name="Number">Its number.</param>
    /// <param name="ClosedAt">How far the stream had come when it closed: a chunk from before that is late.</param>
    internal readonly record struct Closed(string? SpeakerId, double End, int Number, double ClosedAt);
}
