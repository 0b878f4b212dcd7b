using System.Text;
using System.Text.RegularExpressions;

namespace Parley.Transcripts;

/// <summary>Markdown for reading: a heading, then one paragraph a segment. Nothing that was said is taken for markup.</summary>
internal static partial class MarkdownExport
{
    // All that can mean something in the middle of a line, in CommonMark or in the dialect of GitHub.
    private const string Markup = @"\`*_[]<>|~&!$^=#@{}";

    private const string LowestHeading = "###### ";

    public static SegmentPieces Pieces(ExportSource source, TranscriptSummary? summary) =>
        new(Head(source.FileName, summary), segment =>
        {
            var line = SpokenLine.Of(segment, source.Names);
            return $"\n\\[{Clock.Text(line.Start)}\\] {Voice(line.Speaker)}{Escaped(line.Text)}".TrimEnd() + "\n";
        });

    private static string Head(string fileName, TranscriptSummary? summary)
    {
        var title = $"# {Title(fileName)}\n";
        if (summary is null) return title;
        var lines = summary.Text.ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(SummaryLine);
        var note = summary.Note is null ? "" : $"\n*{Escaped(PlainText.OneLine(summary.Note))}*\n";
        return $"{title}\n## Summary\n{note}\n{string.Join('\n', lines)}\n\n## Transcript\n";
    }

    // Headings go below the one of the summary; marks of lists stay. The rest may be what was said.
    private static string SummaryLine(string line)
    {
        var text = PlainText.OneLine(line);
        var mark = Mark().Match(text);
        var isHeading = mark.Value.StartsWith('#') && mark.Length < LowestHeading.Length;
        return $"{(isHeading ? "#" : "")}{mark.Value}{Escaped(text[mark.Length..])}";
    }

    [GeneratedRegex(@"^(?:#{1,6}|[-*+]|[0-9]{1,9}[.)]) ")]
    private static partial Regex Mark();

    private static string Voice(string? speaker) => speaker is null ? "" : $"**{Escaped(speaker)}:** ";

    private static string Title(string fileName) =>
        PlainText.OneLine(fileName) is { Length: > 0 } name ? Escaped(name) : "Transcript";

    private static string Escaped(string line)
    {
        var escaped = new StringBuilder(line.Length + 16);
        for (var i = 0; i < line.Length; i++)
        {
            // A bare address becomes a link by its colon or by "www.".
            var address = line[i] == ':' && i + 1 < line.Length && line[i + 1] == '/'
                || line[i] == '.' && line.AsSpan(0, i).EndsWith("www", StringComparison.OrdinalIgnoreCase);
            if (address || Markup.Contains(line[i], StringComparison.Ordinal)) escaped.Append('\\');
            escaped.Append(line[i]);
        }
        return escaped.ToString();
    }
}
