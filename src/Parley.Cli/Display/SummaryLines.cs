using Parley.Protocol;

namespace Parley.Cli.Display;

/// <summary>A summary as plain lines.</summary>
internal static class SummaryLines
{
    /// <summary>Returns the lines, after one that is blank and one that says who wrote it; no line for no summary.</summary>
    public static IEnumerable<string> Plain(SummaryPayload? summary)
    {
        if (summary is not { Text.Length: > 0 }) yield break;
        yield return "";
        if (SummaryNote.Of(summary) is { } note) yield return SafeText.Of(note);
        foreach (var line in summary.Text.TrimEnd().Split('\n')) yield return SafeText.Of(line);
    }
}
