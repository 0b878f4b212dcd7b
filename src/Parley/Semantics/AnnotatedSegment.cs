using System.Text.Json.Serialization;
using Parley.Protocol;

namespace Parley.Semantics;

/// <summary>
/// A final segment with what it means. Its JSON is exactly
/// <c>{start, end, text, speaker_id, keywords, intent, timestamp}</c>: see <see cref="SemanticsJsonContext"/>.
/// </summary>
/// <param name="Start">Where it starts, in seconds of audio time.</param>
/// <param name="End">Where it ends, in seconds of audio time.</param>
/// <param name="Text">What was said.</param>
/// <param name="SpeakerId">Who said it; null when nobody was named.</param>
/// <param name="Keywords">The lexicon's keywords in the text, each once, sorted by code point.</param>
/// <param name="Intent">What it does: the one of <see cref="Semantics.Intents"/> that stands out most. It alone routes.</param>
public sealed record AnnotatedSegment(
    [property: JsonPropertyOrder(0)] double Start,
    [property: JsonPropertyOrder(1)] double End,
    [property: JsonPropertyOrder(2)] string Text,
    [property: JsonPropertyOrder(3)] string? SpeakerId,
    [property: JsonPropertyOrder(4)] IReadOnlyList<string> Keywords,
    [property: JsonPropertyOrder(5)] string Intent)
{
    /// <summary>The end: the time that does not move once the segment is final.</summary>
    [JsonPropertyOrder(6)]
    public double Timestamp => End;

    /// <summary>
    /// Gets all that it does, what stands out most first; empty for a statement. Default: <see cref="Intent"/> alone. Not in the JSON.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<string> Intents { get; init; } = IntentResult.Of(Intent);

    /// <summary>How sure the intent is, from 0 to 1. Not in the JSON.</summary>
    [JsonIgnore]
    public double Confidence { get; init; }

    /// <summary>The words that decided the intent. Not in the JSON.</summary>
    [JsonIgnore]
    public string Evidence { get; init; } = "";

    /// <summary>The risks the keywords belong to, each once, sorted by code point. Not in the JSON.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> RiskTags { get; init; } = [];

    /// <summary>What was taken on or proposed: none or one. Not in the JSON.</summary>
    [JsonIgnore]
    public IReadOnlyList<SemanticAction> Actions { get; init; } = [];

    /// <summary>
    /// The decisions and action items found in it, and those of earlier segments that it completes. Not in the JSON. Only the reading of a whole
    /// conversation fills it: a single segment does not tell.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<Outcome> Outcomes { get; init; } = [];
}
