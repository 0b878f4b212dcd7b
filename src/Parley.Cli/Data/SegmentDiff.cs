using Parley.Protocol;

namespace Parley.Cli.Data;

/// <summary>What became of a segment.</summary>
internal enum Change
{
    Same,
    Gone,
    New,
}

/// <summary>Two readings of one conversation, side by side in the order of its audio.</summary>
internal static class SegmentDiff
{
    public static IReadOnlyList<(Change Change, FinalizedPayload Segment)> Of(IEnumerable<FinalizedPayload> before, IEnumerable<FinalizedPayload> after)
    {
        var left = before.ToLookup(Key).ToDictionary(same => same.Key, same => new Queue<FinalizedPayload>(same));
        var lines = after.Select(now => (Take(left, Key(now)) ? Change.Same : Change.New, now)).ToList();
        lines.AddRange(left.Values.SelectMany(gone => gone).Select(gone => (Change.Gone, gone)));

        // A segment has its place in the audio: no need to search for the best alignment.
        return [.. lines.OrderBy(line => line.now.Segment.Start).ThenBy(line => line.Item1 == Change.New)];
    }

    private static bool Take(Dictionary<object, Queue<FinalizedPayload>> left, object key) => left.TryGetValue(key, out var same) && same.TryDequeue(out _);

    // Not its id, nor what it continues: one segment more renumbers all that follow.
    private static object Key(FinalizedPayload final) =>
        (final.Segment.Start, final.Segment.End, final.Segment.SpeakerId, final.Segment.Text, final.Semantic?.Intent);
}
