using System.Text.Json;
using Parley.Protocol;

namespace Parley.Cli.Display;

/// <summary>
/// The decisions and action items that rules found in a segment, for people. A result quotes the words that say them, which may be a
/// question: "Should I write the mail?" is an action item once it is accepted.
/// </summary>
internal static class CandidateLines
{
    private static readonly string[] Lists = ["decisions", "actions"];

    /// <summary>Returns a line for each, as a model's are shown: <c>write the mail (chloe), today</c>. None for other results.</summary>
    public static IEnumerable<string> Of(WorkflowResultPayload result)
    {
        if (result.Data is not { ValueKind: JsonValueKind.Object } data) yield break;
        foreach (var list in Lists)
        {
            if (!data.TryGetProperty(list, out var items) || items.ValueKind != JsonValueKind.Array) continue;
            foreach (var item in items.EnumerateArray().Where(IsCandidate)) yield return Line(item);
        }
    }

    private static bool IsCandidate(JsonElement item) => item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("candidate", out var candidate) && candidate.ValueKind == JsonValueKind.True
        && Text(item, "what") is not null;

    private static string Line(JsonElement item)
    {
        var (what, who, due) = (Text(item, "what")!, Text(item, "who"), Text(item, "due"));
        var isSaid = due is null || what.Contains(due, StringComparison.Ordinal);
        return $"{what}{(who is null ? "" : $" ({who})")}{(isSaid ? "" : $", {due}")}";
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
