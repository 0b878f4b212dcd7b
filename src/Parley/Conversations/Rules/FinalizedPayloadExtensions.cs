using Parley.Protocol;
using Parley.Semantics;

namespace Parley.Conversations.Rules;

/// <summary>Final segments back from what viewers were told.</summary>
public static class FinalizedPayloadExtensions
{
    /// <summary>The segment with what it means.</summary>
    public static AnnotatedSegment ToAnnotatedSegment(this FinalizedPayload final)
    {
        ArgumentNullException.ThrowIfNull(final);
        var (said, meaning) = (final.Segment, final.Semantic);
        return new AnnotatedSegment(said.Start, said.End, said.Text, said.SpeakerId, meaning?.Keywords ?? [], meaning?.Intent ?? Intents.Statement)
        {
            Intents = meaning?.Intents ?? IntentResult.Of(meaning?.Intent),
            Confidence = meaning?.Confidence ?? 0,
            Evidence = meaning?.Evidence ?? "",
            RiskTags = meaning?.RiskTags ?? [],
            Outcomes = meaning?.Outcomes ?? [],
        };
    }

    /// <summary>Returns the segment as said by another speaker, who takes over what the first said they would do.</summary>
    /// <param name="final">The segment.</param>
    /// <param name="segmentId">Its name within the stream.</param>
    /// <param name="speaker">The other speaker.</param>
    public static FinalizedPayload SaidBy(this FinalizedPayload final, string segmentId, string speaker)
    {
        ArgumentNullException.ThrowIfNull(final);
        var (said, meaning) = (final.Segment with { SpeakerId = speaker }, final.Semantic);
        if (meaning?.Outcomes is not { } outcomes) return final with { Segment = said };
        return new(said, meaning with { Outcomes = [.. outcomes.Select(outcome => IsOwn(outcome) ? outcome with { Who = speaker } : outcome)] });

        bool IsOwn(Outcome outcome) => outcome.SegmentId == segmentId
            && (outcome.Who is null ? outcome.BySpeaker : outcome.Who == final.Segment.SpeakerId);
    }

    /// <summary>What viewers are told that the segment means.</summary>
    /// <param name="meaning">The segment.</param>
    /// <param name="actions">Its actions.</param>
    internal static SegmentSemantics ToSemantics(this AnnotatedSegment meaning, IReadOnlyList<Protocol.SemanticAction> actions) => new(
        meaning.Keywords, meaning.RiskTags, actions, meaning.Intent, meaning.Confidence,
        meaning.Evidence.Length == 0 ? null : meaning.Evidence)
    {
        Intents = meaning.Intents.Count > 1 ? meaning.Intents : null,
        Outcomes = meaning.Outcomes.Count > 0 ? meaning.Outcomes : null,
    };
}
