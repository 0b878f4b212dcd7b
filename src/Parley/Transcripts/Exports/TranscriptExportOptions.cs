namespace Parley.Transcripts;

/// <summary>How a transcript is exported. What a format has no use for is ignored, but for a summary.</summary>
public sealed record TranscriptExportOptions
{
    /// <summary>Gets the defaults.</summary>
    public static TranscriptExportOptions Default { get; } = new();

    /// <summary>
    /// Gets the summary to put before what was said, in the formats that have a place for it: see <see cref="TranscriptSummary.Formats"/>.
    /// Default: null, none.
    /// </summary>
    public TranscriptSummary? Summary { get; init; }

    /// <summary>Gets how subtitles are cut and timed.</summary>
    public SubtitleOptions Subtitles { get; init; } = SubtitleOptions.Default;

    /// <summary>
    /// Gets whether a file begins with a byte order mark. JSON and JSON Lines never do. Default: null, which is true for CSV, since
    /// spreadsheets take a file without it for another encoding, and false for the others.
    /// </summary>
    public bool? ByteOrderMark { get; init; }

    /// <summary>Gets how lines end. Those of CSV always end in CR LF, those of JSON in LF. Default: <see cref="LineEnd.Lf"/>.</summary>
    public LineEnd LineEnds { get; init; }

    /// <summary>Returns whether a file of a format begins with a byte order mark.</summary>
    internal bool HasByteOrderMark(TranscriptFormat format) => format.HasByteOrderMark && (ByteOrderMark ?? format == TranscriptFormat.Csv);
}
