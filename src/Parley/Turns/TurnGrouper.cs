using Parley.Streaming;

namespace Parley.Turns;

/// <summary>Groups final segments into turns while people talk. A turn ends when another speaker takes the floor, or when
/// its speaker was silent for <see cref="TurnConfig.TurnGapSec"/>.</summary>
/// <remarks>An interjection does not take the floor: it is held, and becomes a turn of its own as soon as it is clear that it
/// was one. If its speaker goes on instead, the turn it interrupted ends.</remarks>
/// <param name="config">When turns end; null is the default.</param>
public sealed class TurnGrouper(TurnConfig? config = null)
{
    private readonly TurnConfig _config = config ?? new TurnConfig();
    private readonly List<OpenTurn> _open = [];
    private int _ended;

    /// <summary>Takes the next final segment.</summary>
    /// <returns>The turns that ended with it, none for most segments.</returns>
    public IReadOnlyList<Turn> Add(StreamSegment segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        var next = OpenTurn.Of(segment.Start, segment.End, segment.Text, segment.SpeakerId, segment.SegmentId);
        var (place, endsOthers) = TurnRules.Place(_open, next, _config);
        var turn = place == _open.Count ? next : _open[place].Add(next);
        if (place == _open.Count) _open.Add(turn);
        else _open[place] = turn;
        if (!endsOthers) return [];
        _open.RemoveAt(place);
        var ended = EndOfStream();
        _open.Add(turn);
        return ended;
    }

    /// <summary>Ends what is open. The next segment starts afresh; the numbering goes on.</summary>
    public IReadOnlyList<Turn> EndOfStream()
    {
        if (_open.Count == 0) return [];
        var ended = _open.ConvertAll(turn => turn.Close(_ended++, _config));
        _open.Clear();
        return ended;
    }
}
