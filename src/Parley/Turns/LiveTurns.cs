using Parley.Streaming;

namespace Parley.Turns;

/// <summary>Groups final segments into turns while people talk. A turn ends when another speaker takes the floor, or when
/// its speaker was silent for <see cref="TurnConfig.TurnGapSec"/>.</summary>
/// <remarks>An interjection does not take the floor: it is held, and becomes a turn of its own as soon as it is clear that it
/// was one. If its speaker goes on instead, the turn it interrupted ends.</remarks>
/// <param name="config">When turns end; null is the default.</param>
public sealed class LiveTurns(TurnConfig? config = null)
{
    // People who only ever say "yes" must not hold a turn open, and memory with it, for ever.
    private const int MaxHeld = 16;

    private readonly TurnConfig _config = config ?? new TurnConfig();
    private readonly List<OpenTurn> _held = [];
    private OpenTurn? _floor;
    private int _ended;

    /// <summary>Takes the next final segment.</summary>
    /// <returns>The turns that ended with it, none for most segments.</returns>
    public IReadOnlyList<Turn> Add(StreamSegment segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        var speaker = OpenTurn.NameOf(segment);
        if (_floor is null)
        {
            _floor = OpenTurn.With(segment);
            return [];
        }

        if (Continues(_floor, segment, speaker))
        {
            _floor = _floor.Add(segment);
            return _held.Count == 0 ? [] : End(_held);
        }

        var place = _held.FindLastIndex(held => Continues(held, segment, speaker));
        var turn = place < 0 ? OpenTurn.With(segment) : _held[place].Add(segment);
        if (place >= 0)
            _held.RemoveAt(place);
        if (_config.KeepThroughInterjections && _held.Count < MaxHeld && turn.IsInterjection(_config))
        {
            _held.Insert(place < 0 ? _held.Count : place, turn);
            return [];
        }

        var ended = End([_floor, .. _held]);
        _held.Clear();
        _floor = turn;
        return ended;
    }

    /// <summary>Ends what is open. The next segment starts afresh; the numbering goes on.</summary>
    public IReadOnlyList<Turn> EndOfStream()
    {
        if (_floor is null)
            return [];
        var ended = End([_floor, .. _held]);
        _held.Clear();
        _floor = null;
        return ended;
    }

    private bool Continues(OpenTurn turn, StreamSegment segment, string speaker) =>
        turn.Speaker == speaker && segment.Start - turn.End < _config.TurnGapSec;

    private List<Turn> End(List<OpenTurn> turns)
    {
        var ended = turns.ConvertAll(turn => turn.Close(_ended++, _config));
        turns.Clear();
        return ended;
    }

    internal LiveTurns(TurnConfig config, LiveTurnsSnapshot snapshot)
        : this(config)
    {
        (_floor, _ended) = (snapshot.Floor, snapshot.Ended);
        _held.AddRange(snapshot.Held);
    }

    /// <summary>Turns that go on from here by themselves, to see what would follow.</summary>
    internal LiveTurns Fork() => new(_config, ToSnapshot());

    internal LiveTurnsSnapshot ToSnapshot() => new(_floor, [.. _held], _ended);
}
