using Parley.Asr;
using Parley.Conversations.Rules;
using Parley.Protocol;

namespace Parley.Conversations.Intake;

/// <summary>Something that was out of order with a recogniser's message, which counts all the same. Never what was said.</summary>
/// <param name="Kind">One of <see cref="AsrAnomalies"/>, such as <c>malformed</c>; or <see cref="InvalidChunk"/>.</param>
/// <param name="Detail">More about it, for people; null where there is no more.</param>
public sealed record Problem(string Kind, string? Detail = null)
{
    /// <summary>The kind of a problem with text that breaks a rule of the conversation.</summary>
    public const string InvalidChunk = "invalid_chunk";

    /// <summary>
    /// Whether something of the message was left out because its sender wrote it wrongly. The rest is what recognisers do.
    /// </summary>
    public bool IsError => Kind is InvalidChunk || Kind == AsrAnomaly.Malformed.WireName() || Kind == AsrAnomaly.UnknownMessage.WireName();

    internal static Problem Of(in AsrOutput anomaly) => new(anomaly.Anomaly.WireName(), anomaly.Detail);

    internal static Problem Of(Refusal refusal) =>
        new(refusal.Code == ErrorCodes.InvalidChunk ? InvalidChunk : refusal.Code.ToLowerInvariant(), refusal.Message);
}
