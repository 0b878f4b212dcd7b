using Parley.Protocol;

namespace Parley.Streaming;

/// <summary>The open segments of a conversation in order of opening, and what closed last. It does what it is told and holds no rule.</summary>
/// <param name="join">How the texts of a segment are joined.</param>
/// <param name="hasIds">Whether segments have ids.</param>
internal sealed class Lanes(TextJoin join, bool hasIds)
{
    private StreamSegment[] _open = new StreamSegment[1];
    private string?[] _ids = [];
    private int _count;

    /// <summary>Gets the number of the next segment.</summary>
    public int Next { get; private set; }

    /// <summary>Gets what closed last, by speaker.</summary>
    public RecentSegments Recent { get; } = new();

    /// <summary>Gets the open segments in order of opening. A view: it changes with the lanes.</summary>
    public ArraySegment<StreamSegment> Open => new(_open, 0, _count);

    /// <summary>Returns where the open segment of a speaker stands, or -1.</summary>
    public int IndexOf(string? speakerId)
    {
        // From the end: where a speaker's segment closes and another opens with the same chunk, the newer one counts.
        for (var i = _count - 1; i >= 0; i--)
        {
            if (string.Equals(_open[i].SpeakerId, speakerId, StringComparison.Ordinal)) return i;
        }

        return -1;
    }

    /// <summary>Returns the open segment of a speaker, or null.</summary>
    public StreamSegment? Find(string? speakerId) => IndexOf(speakerId) is >= 0 and var index ? _open[index] : null;

    /// <summary>Returns the id of the open segment at an index. Made once for each segment: it is asked for with every chunk.</summary>
    public string IdAt(int index)
    {
        if (_ids.Length < _open.Length) Array.Resize(ref _ids, _open.Length);
        return _ids[index] ??= SegmentId.From(_open[index].Number);
    }

    /// <summary>Opens a segment with the next number.</summary>
    /// <param name="start">Seconds of audio time.</param>
    /// <param name="end">Seconds of audio time.</param>
    /// <param name="text">The text of its first chunk.</param>
    /// <param name="speakerId">Who says it, or null.</param>
    /// <param name="continues">The number of the segment it goes on from, or <see cref="SegmentBody.None"/>.</param>
    /// <param name="details">What the recogniser said of the text, or null.</param>
    public StreamSegment Add(double start, double end, string text, string? speakerId, int continues, SpeechDetails? details = null)
    {
        var segment = new StreamSegment(SegmentBody.Open(start, speakerId, Next, continues, text, details), end, 1, join, hasIds);
        Next = checked(Next + 1);
        if (_count == _open.Length) Array.Resize(ref _open, _count * 2);
        return _open[_count++] = segment;
    }

    /// <summary>Adds a text to the open segment at an index. Its end never moves back.</summary>
    public StreamSegment Grow(int index, double end, string text, SpeechDetails? details = null)
    {
        var lane = _open[index];
        return _open[index] = lane.Grow(Math.Max(end, lane.End), text, details);
    }

    /// <summary>Closes a segment.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="at">How far the stream had come; null for the end of the segment.</param>
    /// <returns>The segment, or null if no open one has this number.</returns>
    public StreamSegment? Close(int number, double? at)
    {
        var index = 0;
        while (index < _count && _open[index].Number != number) index++;
        if (index == _count) return null;
        var lane = _open[index];
        Array.Copy(_open, index + 1, _open, index, --_count - index);
        _open[_count] = null!;
        if (index < _ids.Length)
        {
            Array.Copy(_ids, index + 1, _ids, index, _ids.Length - index - 1);
            _ids[^1] = null;
        }

        Recent.Add(lane, at ?? lane.End);
        return lane;
    }

    /// <summary>Forgets what is open and what closed; numbers go on.</summary>
    public void Clear()
    {
        Array.Clear(_open, 0, _count);
        Array.Clear(_ids);
        _count = 0;
        Recent.Clear();
    }

    public LanesSnapshot ToSnapshot() => new(
        [.. Open.Select(ToSnapshot)],
        Recent.ToArray(),
        Next);

    public static Lanes From(LanesSnapshot snapshot, TextJoin join)
    {
        var lanes = new Lanes(join, hasIds: true);
        foreach (var lane in snapshot.Open)
        {
            lanes.Next = lane.Number;
            var parts = lane.Parts ?? [new(lane.Text, null)];
            lanes.Add(lane.Start, lane.End, parts[0].Text, lane.SpeakerId, lane.Continues, parts[0].Details);
            foreach (var part in parts.Skip(1)) lanes.Grow(lanes._count - 1, lane.End, part.Text, part.Details);
        }

        foreach (var closed in snapshot.Recent) lanes.Recent.Add(closed);
        lanes.Next = snapshot.Next;
        return lanes;
    }

    private static LanesSnapshot.Lane ToSnapshot(StreamSegment lane) =>
        new(lane.Start, lane.End, lane.Text, lane.SpeakerId, lane.Number, lane.ContinuesNumber) { Parts = lane.Parts };
}

/// <summary>Open segments and what closed last, as a checkpoint stores them.</summary>
internal sealed record LanesSnapshot(IReadOnlyList<LanesSnapshot.Lane> Open, IReadOnlyList<RecentSegments.Closed> Recent, int Next)
{
    /// <summary>An open segment with its text so far.</summary>
    internal sealed record Lane(double Start, double End, string Text, string? SpeakerId, int Number, int Continues)
    {
        /// <summary>Gets the pieces of the text with their details; null where none has any.</summary>
        public IReadOnlyList<SegmentPart>? Parts { get; init; }
    }
}
