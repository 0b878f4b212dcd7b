using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Protocol;

/// <summary>
/// The record of a recogniser's text that is in no segment, or that may be in the segments twice. The envelope has its times. What was
/// redacted in the segments is redacted here, too.
/// </summary>
/// <param name="Kind">
/// Why: <c>repeated</c>, <c>restated</c>, <c>revised</c>, <c>changed_after_final</c>, <c>withdrawn</c>, <c>stale</c> and <c>overflow</c> say
/// that the text was left out, <c>possible_repeat</c> that it was said; <c>not_recorded</c> stands for <see cref="Count"/> more records of
/// the same message.
/// </param>
/// <param name="Text">The text, where "…" stands for words that the record is not about; null if there is none to show.</param>
/// <param name="SpeakerId">Who said it; null where nobody is named.</param>
/// <param name="Source">The source that it came from; null for the source without a name.</param>
public sealed record AnomalyPayload(string Kind, string? Text = null, string? SpeakerId = null, string? Source = null) : ServerPayload
{
    /// <summary>The <see cref="Kind"/> that stands for the records beyond the maximum number of one message.</summary>
    public const string NotRecorded = "not_recorded";

    /// <summary>Gets how many characters of the text were cut off its end, because it is too long; null where it is whole.</summary>
    public int? Cut { get; init; }

    /// <summary>Gets how many records a <see cref="NotRecorded"/> stands for; null for one record.</summary>
    public int? Count { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.Anomaly;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.AnomalyPayload;
}
