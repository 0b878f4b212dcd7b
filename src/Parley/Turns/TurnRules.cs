namespace Parley.Turns;

/// <summary>The rules by which final segments become turns while people talk. They decide and change nothing.</summary>
/// <remarks>
/// The first of the open turns has the floor. The others are interjections that wait: each becomes a turn of its own as soon as it is clear that it
/// was one. If its speaker goes on instead, the turn that it interrupted ends.
/// </remarks>
internal static class TurnRules
{
    // Someone who only ever says "yes" must not hold a turn open, and memory with it, for ever.
    private const int MaxHeld = 16;

    /// <summary>Decides which turn a final segment goes to.</summary>
    /// <param name="open">The open turns.</param>
    /// <param name="segment">The segment, as a turn of its own.</param>
    /// <param name="config">When turns end.</param>
    public static TurnPlacement Place(IReadOnlyList<OpenTurn> open, OpenTurn segment, TurnConfig config)
    {
        if (open.Count == 0) return new(0, EndsOthers: false);
        var turn = FindLast(open, segment, config);
        if (turn == 0) return new(0, EndsOthers: true);
        var isNew = turn < 0;
        var held = open.Count - (isNew ? 1 : 2);
        var grown = isNew ? segment : open[turn].Add(segment);
        var waits = config.KeepThroughInterjections && held < MaxHeld && grown.IsInterjection(config);
        return new(isNew ? open.Count : turn, EndsOthers: !waits);
    }

    // The floor first, then the interjection that was heard last.
    private static int FindLast(IReadOnlyList<OpenTurn> open, OpenTurn segment, TurnConfig config)
    {
        if (Continues(open[0], segment, config)) return 0;
        for (var i = open.Count - 1; i > 0; i--)
        {
            if (Continues(open[i], segment, config)) return i;
        }

        return -1;
    }

    private static bool Continues(OpenTurn turn, OpenTurn segment, TurnConfig config) =>
        turn.Speaker == segment.Speaker && segment.Start - turn.End < config.TurnGapSec;
}

/// <summary>Where a final segment goes among the open turns.</summary>
/// <param name="Turn">The open turn that it extends; as many as there are where it opens one.</param>
/// <param name="EndsOthers">Whether every other open turn ends with it.</param>
internal readonly record struct TurnPlacement(int Turn, bool EndsOthers);
