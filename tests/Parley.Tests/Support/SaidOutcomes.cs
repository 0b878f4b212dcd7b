using Parley.Protocol;
using Parley.Semantics.Outcomes;

namespace Parley.Tests.Support;

/// <summary>Reads a conversation that is written on one line.</summary>
internal static class SaidOutcomes
{
    /// <summary>Returns the outcomes of a conversation, each as it was last told.</summary>
    /// <param name="said"><c>speaker: words</c>; several segments are parted by bars.</param>
    public static List<Outcome> Read(string said)
    {
        var (history, found) = (OutcomeHistory.Empty, new OrderedDictionary<string, Outcome>());
        foreach (var (line, i) in said.Split('|').Select((line, i) => (line.Trim().Split(": ", 2), i)))
        {
            var segment = new SaidSegment(SegmentId.From(i), line[0], line[1]);
            var outcomes = OutcomeReader.Read(segment, history);
            foreach (var outcome in outcomes) found[outcome.Id] = outcome;
            history = history.After(segment, outcomes);
        }

        return [.. found.Values];
    }
}
