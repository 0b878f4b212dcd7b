namespace Parley.Transcripts;

/// <summary>Plain text for reading: <c>[00:00:02.900] Caller: text</c>.</summary>
internal static class TextExport
{
    public static SegmentPieces Pieces(ExportSource source, TranscriptSummary? summary) => new(Head(summary), segment =>
    {
        var line = SpokenLine.Of(segment, source.Names);
        return $"[{Clock.Text(line.Start)}] {(line.Speaker is null ? "" : $"{line.Speaker}: ")}{line.Text}".TrimEnd() + "\n";
    });

    private static string Head(TranscriptSummary? summary)
    {
        if (summary is null) return "";
        var lines = summary.Text.ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(PlainText.OneLine);
        var note = summary.Note is null ? "" : $"{PlainText.OneLine(summary.Note)}\n";
        return $"Summary\n{note}\n{string.Join('\n', lines)}\n\nTranscript\n\n";
    }
}
