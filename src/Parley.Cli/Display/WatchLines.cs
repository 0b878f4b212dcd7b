using System.Globalization;
using Parley.Protocol;

namespace Parley.Cli.Display;

/// <summary>What there is to say about a conversation beside its words.</summary>
internal static class WatchLines
{
    /// <summary>Returns a fact as lines of its own; none for one that shows otherwise, or not at all.</summary>
    public static IEnumerable<string> Of(ServerPayload told) => told switch
    {
        WorkflowResultPayload result => Result(result),
        WorkflowDroppedPayload { Reason: not WorkflowDroppedPayload.Joined } dropped =>
            [$"  -> {dropped.Workflow}: given up under load ({SafeText.Of(dropped.Reason)})"],
        WorkflowFailedPayload failed => [$"  -> {failed.Workflow}: failed ({Why(failed.Reason, failed.Detail)})"],
        SummaryFailedPayload failed => [$"  -> summary: not written ({Why(failed.Reason, failed.Detail)})"],
        SpeakerRevisionPayload named =>
            [$"  {SafeText.Of(named.From ?? "Unknown")} is {SafeText.Of(named.To)}{Where(named.SegmentIds.Count)}"],
        AnomalyPayload { Kind: "withdrawn" or "revised" or "changed_after_final" or "possible_repeat", Text: { } text } anomaly =>
            [$"  {anomaly.Kind.Replace('_', ' ')}: {SafeText.Of(text)}"],
        ErrorPayload error => [$"  {error.Code}: {SafeText.Of(error.Message)}"],
        _ => [],
    };

    public static string Of(SessionStats stats) => string.Create(
        CultureInfo.InvariantCulture,
        $"Ended: {stats.ChunksReceived} chunks of {stats.Speakers} speakers became {stats.SegmentsFinalized} segments and {stats.Turns} turns, {Clock.Of(stats.DurationSec)} of audio.");

    // Each action item and decision of an answer is on a line of its own. What is cut is cut at the end.
    private static IEnumerable<string> Result(WorkflowResultPayload result)
    {
        string[] lines = [.. CandidateLines.Of(result)];
        if (lines.Length == 0) lines = result.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var i = 0; i < lines.Length; i++)
        {
            var cut = i == lines.Length - 1 && result.CutReason is { } reason ? $" (cut: {SafeText.Of(reason)})" : "";
            yield return $"  -> {result.Workflow}: {SafeText.Of(lines[i])}{cut}";
        }
    }

    private static string Why(string reason, string? detail) => SafeText.Of(detail is null ? reason : $"{reason}, {detail}");

    private static string Where(int segments) => segments switch
    {
        0 => "",
        1 => ", in one segment",
        _ => string.Create(CultureInfo.InvariantCulture, $", in {segments} segments"),
    };
}
