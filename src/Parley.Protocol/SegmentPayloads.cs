using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Protocol;

/// <summary>What one speaker said without a gap.</summary>
/// <param name="Start">Where it starts, in seconds of audio time.</param>
/// <param name="End">Where it ends, in seconds of audio time.</param>
/// <param name="Text">All that was heard so far.</param>
/// <param name="SpeakerId">Who said it; null where nobody is named.</param>
public sealed record SegmentText(double Start, double End, string Text, string? SpeakerId = null)
{
    /// <summary>The end of <see cref="Text"/> that may still change. Only in a partial; null where all of it stands.</summary>
    public string? Tentative { get; init; }

    /// <summary>The same speaker's segment that this one goes on from, where an interjection cut a sentence in two.</summary>
    public string? Continues { get; init; }

    /// <summary>
    /// Gets the words with their times, the confidence and the language, which stand on the wire as <c>words</c>, <c>confidence</c> and
    /// <c>language</c>. Only in a final segment; null where its recogniser gave none of them.
    /// </summary>
    [JsonIgnore]
    public SpeechDetails? Details { get; init; }

    [JsonInclude]
    internal IReadOnlyList<TimedWord>? Words
    {
        get => Details?.Words;
        init => Details = SpeechDetails.Of(value, Details?.Confidence, Details?.Language);
    }

    [JsonInclude]
    internal double? Confidence
    {
        get => Details?.Confidence;
        init => Details = SpeechDetails.Of(Details?.Words, value, Details?.Language);
    }

    [JsonInclude]
    internal string? Language
    {
        get => Details?.Language;
        init => Details = SpeechDetails.Of(Details?.Words, Details?.Confidence, value);
    }
}

/// <summary>A segment as it grows. Not a fact: it may be dropped, and the next one replaces it.</summary>
/// <param name="Segment">What was heard.</param>
public sealed record PartialPayload(SegmentText Segment) : ServerPayload
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.Partial;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsFact => false;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.PartialPayload;
}

/// <summary>A segment that will not change.</summary>
/// <param name="Segment">What was said.</param>
/// <param name="Semantic">What it means; null where annotation is off.</param>
public sealed record FinalizedPayload(SegmentText Segment, SegmentSemantics? Semantic = null) : ServerPayload
{
    /// <summary>
    /// Gets the code of the language that the conversation is in, such as <c>de</c>, where that is known from this segment on; else null.
    /// <c>und</c> is one that is not known and is not English. At most one segment of a conversation has it.
    /// </summary>
    public string? StreamLanguage { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.Finalized;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.FinalizedPayload;
}

/// <summary>What a segment means, as the keyword annotator reads it.</summary>
/// <param name="Keywords">Words of the lexicon that were said, sorted.</param>
/// <param name="RiskTags">Risks that were touched, such as <c>pricing</c>, sorted.</param>
/// <param name="Actions">Things somebody said they would do.</param>
/// <param name="Intent">
/// What it does: question, clarification, action_item, commitment, decision, agreement or statement. It alone routes.
/// </param>
/// <param name="Confidence">How sure that is, from 0 to 1.</param>
/// <param name="Evidence">The words that decided it.</param>
public sealed record SegmentSemantics(
    IReadOnlyList<string> Keywords,
    IReadOnlyList<string> RiskTags,
    IReadOnlyList<SemanticAction> Actions,
    string? Intent = null,
    double? Confidence = null,
    string? Evidence = null)
{
    /// <summary>Gets all that it does, what stands out most first. Null where it does not do more than <see cref="Intent"/> says.</summary>
    public IReadOnlyList<string>? Intents { get; init; }

    /// <summary>
    /// Gets the decisions and action items that the rules find in it, and those of earlier segments that it completes; null where there are none.
    /// </summary>
    public IReadOnlyList<Outcome>? Outcomes { get; init; }
}

/// <summary>Something a speaker said they would do.</summary>
/// <param name="Text">The words.</param>
/// <param name="SpeakerId">Who said them; null where nobody is named.</param>
public sealed record SemanticAction(string Text, string? SpeakerId = null);
