using Parley.Protocol;

namespace Parley.Semantics.Outcomes;

/// <summary>Adds to what a segment does the decisions and action items that the rules quote from it and the learned intents miss.</summary>
internal static class OutcomeIntents
{
    // The precision of the rules, rounded down: bench/results/outcomes.md.
    private const double Confidence = 0.8;

    /// <summary>
    /// Returns the segment with the intents of what is quoted from it. Where it was a statement or a mere agreement, the first of them routes it, so
    /// that a model reads what is listed.
    /// </summary>
    /// <param name="read">The segment, as the learned intents read it.</param>
    /// <param name="segmentId">The id of the segment: an outcome may also complete one of an earlier segment.</param>
    /// <param name="outcomes">What the rules found.</param>
    public static AnnotatedSegment With(AnnotatedSegment read, string segmentId, IReadOnlyList<Outcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            if (outcome.SegmentId != segmentId || Knows(read, outcome.Kind)) continue;
            var intent = IntentOf(outcome, read.SpeakerId);
            read = read.Intent is Intents.Statement or Intents.Agreement
                ? read with { Intent = intent, Intents = [intent, .. read.Intents], Confidence = Confidence, Evidence = outcome.Quote.ToLowerInvariant() }
                : read with { Intents = [.. read.Intents, intent] };
        }

        return read;
    }

    private static bool Knows(AnnotatedSegment read, string kind) => kind == OutcomeKinds.Decision
        ? read.Intents.Contains(Intents.Decision)
        : read.Intents.Contains(Intents.ActionItem) || read.Intents.Contains(Intents.Commitment);

    private static string IntentOf(Outcome outcome, string? speaker) => outcome.Kind == OutcomeKinds.Decision
        ? Intents.Decision
        : outcome.Who is not null && outcome.Who == speaker ? Intents.Commitment : Intents.ActionItem;
}
