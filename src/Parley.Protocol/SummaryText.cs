using System.Text.RegularExpressions;

namespace Parley.Protocol;

/// <summary>The text of a summary under the names that its speakers have by now.</summary>
public static class SummaryText
{
    // What a summary that is chosen from what was said calls a speaker without a name.
    private const string Unnamed = "Unknown";

    /// <summary>
    /// Returns the text with the current names of its speakers. In the text of a model a name is replaced where it stands as a whole word,
    /// written as the model was given it. In a summary that is chosen from what was said, only the speaker of each line is replaced.
    /// </summary>
    /// <param name="summary">The summary. One of an older server, which does not say whom it names, is returned as it is.</param>
    /// <param name="nameOf">Returns what a speaker is called now; is given null for the speaker without a name.</param>
    public static string Named(SummaryPayload summary, Func<string?, string?> nameOf)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(nameOf);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (label, speaker) in summary.Speakers ?? new Dictionary<string, string>())
        {
            if (nameOf(speaker) is { Length: > 0 } now && now != speaker && label.Length > 0) names[label] = now.ReplaceLineEndings(" ");
        }

        var isChosen = summary.Author == SummaryAuthors.Extractive;
        if (isChosen && nameOf(null) is { Length: > 0 } unnamed && summary.Speakers?.ContainsKey(Unnamed) != true) names[Unnamed] = unnamed;
        if (names.Count == 0) return summary.Text;
        string[] labels = [.. names.Keys.OrderByDescending(label => label.Length).ThenBy(label => label, StringComparer.Ordinal)];
        return isChosen
            ? string.Join('\n', summary.Text.Split('\n').Select(line => InLine(line, labels, names)))
            : Regex.Replace(
                summary.Text,
                $@"(?<![\p{{L}}\p{{M}}\p{{N}}_])(?:{string.Join('|', labels.Select(Regex.Escape))})(?![\p{{L}}\p{{M}}\p{{N}}_])",
                match => names[match.Value],
                RegexOptions.CultureInvariant);
    }

    // A line of such a summary: "- [12:03] ana: We take the ferry".
    private static string InLine(string line, string[] labels, Dictionary<string, string> names)
    {
        if (!line.StartsWith("- [", StringComparison.Ordinal) || line.IndexOf("] ", StringComparison.Ordinal) is not (> 0 and var close)) return line;
        var said = line[(close + 2)..];
        var label = Array.Find(labels, label => said.StartsWith($"{label}: ", StringComparison.Ordinal));
        return label is null ? line : $"{line[..(close + 2)]}{names[label]}{said[label.Length..]}";
    }
}
