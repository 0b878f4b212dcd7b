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
        };
    }

    /// <summary>What viewers are told that the segment means.</summary>
    /// <param name="meaning">The segment.</param>
    /// <param name="actions">Its actions.</param>
    internal static SegmentSemantics ToSemantics(this AnnotatedSegment meaning, IReadOnlyList<Protocol.SemanticAction> actions) => new(
        meaning.Keywords, meaning.RiskTags, actions, meaning.Intent, meaning.Confidence,
        meaning.Evidence.Length == 0 ? null : meaning.Evidence)
    {
        Intents = meaning.Intents.Count > 1 ? meaning.Intents : null,
    };
}
