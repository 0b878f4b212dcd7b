namespace Parley.Transcripts;

/// <summary>A format whose file is a head, then pieces as segments come, then an end.</summary>
/// <param name="Head">What comes first; empty for nothing.</param>
/// <param name="Piece">The piece of a segment. It may depend on the segments before it: ask once for each, in order.</param>
internal sealed record SegmentPieces(string Head, Func<TranscriptSegment, string> Piece)
{
    /// <summary>Whether segments must come by start, then end, then number, in whatever order the document has them.</summary>
    public bool IsSorted { get; init; }

    /// <summary>What comes last, after the last segment. Ask once.</summary>
    public Func<string> End { get; init; } = () => "";

    /// <param name="format">The format; not JSON, which has more than segments.</param>
    /// <param name="source">What is known of the document before its segments.</param>
    /// <param name="options">How to write it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such format.</exception>
    public static SegmentPieces For(TranscriptFormat format, ExportSource source, TranscriptExportOptions options)
    {
        var pieces = format switch
        {
            TranscriptFormat.Srt => SrtExport.Pieces(source, options.Subtitles),
            TranscriptFormat.Vtt => VttExport.Pieces(source, options.Subtitles),
            TranscriptFormat.Ttml => TtmlExport.Pieces(source, options.Subtitles),
            TranscriptFormat.Text => TextExport.Pieces(source, options.Summary),
            TranscriptFormat.Markdown => MarkdownExport.Pieces(source, options.Summary),
            TranscriptFormat.Html => HtmlExport.Pieces(source, options.Summary),
            TranscriptFormat.Csv => CsvExport.Pieces(source),
            TranscriptFormat.Rttm => RttmExport.Pieces(source),
            TranscriptFormat.JsonLines => new("", JsonPieces.OfLine),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a format."),
        };
        return format.HasLineEnds && options.LineEnds == LineEnd.CrLf ? pieces.WithCrLf() : pieces;
    }

    /// <summary>A format of cues.</summary>
    /// <param name="head">What comes first.</param>
    /// <param name="track">Makes the cues.</param>
    /// <param name="write">Writes a cue.</param>
    /// <param name="end">What comes last.</param>
    public static SegmentPieces OfCues(string head, SubtitleTrack track, Func<SubtitleCue, string> write, string end = "") =>
        new(head, segment => string.Concat(track.Add(segment).Select(write)))
        {
            IsSorted = true,
            End = () => string.Concat(track.End().Select(write)) + end,
        };

    private SegmentPieces WithCrLf() => new(CrLf(Head), segment => CrLf(Piece(segment))) { IsSorted = IsSorted, End = () => CrLf(End()) };

    private static string CrLf(string text) => text.Replace("\n", "\r\n", StringComparison.Ordinal);
}
