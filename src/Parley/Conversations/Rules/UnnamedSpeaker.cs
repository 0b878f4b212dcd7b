using Parley.Protocol;

namespace Parley.Conversations.Rules;

/// <summary>
/// Finds which outcomes of a segment are about its speaker, where the speaker has no name yet: recognisers may name a speaker after the
/// segment is final.
/// </summary>
internal static class UnnamedSpeaker
{
    // A control character: no person is called so, and no text has the name.
    private const string StandIn = "\u0001";

    /// <summary>Returns the outcomes, those about the speaker marked with <see cref="Outcome.BySpeaker"/>.</summary>
    /// <param name="outcomes">What the rules found in the segment.</param>
    /// <param name="findAs">Returns what the rules find in it if its speaker has a name.</param>
    public static IReadOnlyList<Outcome> Mark(IReadOnlyList<Outcome> outcomes, Func<string, IReadOnlyList<Outcome>> findAs)
    {
        if (outcomes.All(outcome => outcome.Who is not null)) return outcomes;
        var own = findAs(StandIn).Where(outcome => outcome.Who == StandIn).Select(PlaceOf).ToHashSet();
        return [.. outcomes.Select(outcome => IsOwn(outcome) ? outcome with { BySpeaker = true } : outcome)];

        bool IsOwn(Outcome outcome) => outcome.Who is null && own.Contains(PlaceOf(outcome));
    }

    private static (string Kind, string Segment, string Quote) PlaceOf(Outcome outcome) => (outcome.Kind, outcome.SegmentId, outcome.Quote);
}
