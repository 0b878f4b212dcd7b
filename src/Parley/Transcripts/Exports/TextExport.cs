using System.Text.RegularExpressions;

namespace Parley.Transcripts;

/// <summary>Plain text for reading: <c>[00:00:02.900] Caller: text</c>.</summary>
internal static partial class TextExport
{
    public static SegmentPieces Pieces(ExportSource source, TranscriptSummary? summary) => new(Head(summary), segment =>
    {
        var line = SpokenLine.Of(segment, source.Names);
        return $"[{Clock.Text(line.Start)}] {(line.Speaker is null ? "" : $"{line.Speaker}: ")}{line.Text}".TrimEnd() + "\n";
    });

    private static string Head(TranscriptSummary? summary)
    {
        if (summary is null) return "";
        var lines = summary.Text.ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(line => Unmarked(PlainText.OneLine(line)));
        var note = summary.Note is null ? "" : $"{PlainText.OneLine(summary.Note)}\n";
        return $"Summary\n{note}\n{string.Join('\n', lines)}\n\nTranscript\n\n";
    }

    // The summary is Markdown: without the marks of its headings and of bold words it reads as text. Lists stay as they are.
    private static string Unmarked(string line) => Bold().Replace(Heading().Replace(line, ""), "$1");

    [GeneratedRegex("^#{1,6} ")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Bold();
}
