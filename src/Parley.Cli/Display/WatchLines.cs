using System.Globalization;
using Parley.Protocol;

namespace Parley.Cli.Display;

/// <summary>What there is to say about a conversation beside its words.</summary>
internal static class WatchLines
{
    /// <summary>A fact as a line of its own; null for one that shows otherwise, or not at all.</summary>
    public static string? Of(Envelope envelope) => envelope.Payload switch
    {
        WorkflowResultPayload { Text.Length: > 0 } result => Result(result),
        WorkflowDroppedPayload { Reason: not WorkflowDroppedPayload.Joined } dropped =>
            $"  -> {dropped.Workflow}: given up under load ({SafeText.Of(dropped.Reason)})",
        WorkflowFailedPayload { Detail: { } detail } failed =>
            $"  -> {failed.Workflow}: failed ({SafeText.Of($"{failed.Reason}, {detail}")})",
        WorkflowFailedPayload failed => $"  -> {failed.Workflow}: failed ({SafeText.Of(failed.Reason)})",
        SummaryFailedPayload failed =>
            $"  -> summary: not written ({SafeText.Of(failed.Detail is null ? failed.Reason : $"{failed.Reason}, {failed.Detail}")})",
        SpeakerRevisionPayload named => $"  {SafeText.Of(named.From ?? "Unknown")} is {SafeText.Of(named.To)}{Where(named.SegmentIds.Count)}",
        AnomalyPayload { Kind: "withdrawn" or "revised" or "changed_after_final" or "possible_repeat", Text: { } text } anomaly =>
            $"  {anomaly.Kind.Replace('_', ' ')}: {SafeText.Of(text)}",
        ErrorPayload error => $"  {error.Code}: {SafeText.Of(error.Message)}",
        _ => null,
    };

    /// <summary>An answer as a line; one that is cut says so.</summary>
    public static string Result(WorkflowResultPayload result) =>
        $"  -> {result.Workflow}: {SafeText.Of(result.Text)}{(result.CutReason is { } cut ? $" (cut: {SafeText.Of(cut)})" : "")}";

    public static string Of(SessionStats stats) => string.Create(
        CultureInfo.InvariantCulture,
        $"Ended: {stats.ChunksReceived} chunks of {stats.Speakers} speakers became {stats.SegmentsFinalized} segments and {stats.Turns} turns, {Clock.Of(stats.DurationSec)} of audio.");

    private static string Where(int segments) => segments switch
    {
        0 => "",
        1 => ", in one segment",
        _ => string.Create(CultureInfo.InvariantCulture, $", in {segments} segments"),
    };
}
