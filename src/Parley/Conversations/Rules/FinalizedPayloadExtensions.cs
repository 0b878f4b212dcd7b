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
            Confidence = meaning?.Confidence ?? 0,
            Evidence = meaning?.Evidence ?? "",
            RiskTags = meaning?.RiskTags ?? [],
            Outcomes = meaning?.Outcomes ?? [],
        };
    }
}
