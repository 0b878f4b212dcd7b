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
        var left = before.GroupBy(Key).ToDictionary(same => same.Key, same => new Queue<FinalizedPayload>(same));
        var lines = new List<(Change Change, FinalizedPayload Segment)>();
        foreach (var segment in after) lines.Add((Take(left, Key(segment)) ? Change.Same : Change.New, segment));
        lines.AddRange(left.Values.SelectMany(gone => gone).Select(segment => (Change.Gone, segment)));

        // A segment has its place in the audio: no need to search for the best alignment.
        return [.. lines.OrderBy(line => line.Segment.Segment.Start).ThenBy(line => line.Change)];
    }

    private static bool Take(Dictionary<object, Queue<FinalizedPayload>> left, object key) => left.TryGetValue(key, out var same) && same.TryDequeue(out _);

    // Not its id, nor what it continues: one segment more renumbers all that follow.
    private static object Key(FinalizedPayload final) =>
        (final.Segment.Start, final.Segment.End, final.Segment.SpeakerId, final.Segment.Text, final.Semantic?.Intent,
            string.Join(' ', final.Semantic?.Intents ?? []));
}
