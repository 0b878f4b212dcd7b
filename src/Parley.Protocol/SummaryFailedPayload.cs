using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Protocol;

/// <summary>A model was to write a summary and did not. It waits among the dead letters until one is written that covers it.</summary>
/// <param name="Kind">One of <see cref="SummaryKinds"/>.</param>
/// <param name="FromEventId">The first fact it was to cover.</param>
/// <param name="ToEventId">The last fact it was to cover.</param>
/// <param name="Reason">Why, without a word of what people said.</param>
/// <param name="Attempts">How often it was tried; 0 if it was dropped under load.</param>
public sealed record SummaryFailedPayload(string Kind, long FromEventId, long ToEventId, string Reason, int Attempts) : ServerPayload
{
    /// <summary>Gets what the model's server said beside the reason, such as <c>HTTP 429</c>; null for nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>
    /// Gets what the conversation has used of the model by now, where the server has a budget for it; else null. It is stored so that the
    /// budget survives a restart.
    /// </summary>
    public ModelUsage? Usage { get; init; }

    /// <summary>
    /// Gets what this took of models, with every attempt; of work that was done in a batch, its part. Null if no model was asked, and from
    /// older servers.
    /// </summary>
    public TokenUsage? Used { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.SummaryFailed;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.SummaryFailedPayload;
}
