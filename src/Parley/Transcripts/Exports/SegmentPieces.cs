namespace Parley.Transcripts;

/// <summary>A format whose file is a head and then a piece for each segment.</summary>
/// <param name="Head">What comes first; empty for nothing.</param>
/// <param name="Piece">The piece of a segment. It may depend on the segments before it: ask once for each, in order.</param>
internal sealed record SegmentPieces(string Head, Func<TranscriptSegment, string> Piece)
{
    /// <summary>Whether segments must come by start, then end, then number, in whatever order the document has them.</summary>
    public bool IsSorted { get; init; }

    /// <param name="format">The format; not JSON, which has more than segments.</param>
    /// <param name="speakers">The table of speakers.</param>
    /// <param name="fileName">The document's title.</param>
    /// <param name="summary">What comes before the segments, in the formats that have a place for it; null for nothing.</param>
    /// <param name="hasDetails">Whether a segment has a confidence or a language. Asked only where it matters.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such format.</exception>
    public static SegmentPieces For(
        TranscriptFormat format, IEnumerable<TranscriptSpeaker>? speakers, string fileName, TranscriptSummary? summary, Func<bool> hasDetails)
    {
        var names = new SpeakerNames(speakers);
        return format switch
        {
            TranscriptFormat.Srt => SrtExport.Pieces(names),
            TranscriptFormat.Vtt => VttExport.Pieces(names),
            TranscriptFormat.Text => TextExport.Pieces(names, summary),
            TranscriptFormat.Markdown => MarkdownExport.Pieces(names, fileName, summary),
            TranscriptFormat.Csv => CsvExport.Pieces(names, hasDetails()),
            TranscriptFormat.JsonLines => new("", JsonPieces.OfLine),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a format."),
        };
    }
}
