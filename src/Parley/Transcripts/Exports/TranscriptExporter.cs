using System.Text;

namespace Parley.Transcripts;

/// <summary>
/// Writes a document in any format, segment by segment. Text is UTF-8 without a byte order mark; what each format
/// guarantees is in docs/formats.md.
/// </summary>
public static class TranscriptExporter
{
    internal static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The export in pieces, about one a segment; together they are the whole file.</summary>
    /// <param name="transcript">What to export.</param>
    /// <param name="format">What to export it to.</param>
    /// <param name="summary">A summary to put before what was said. Default: null, none.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such format.</exception>
    /// <exception cref="ArgumentException">The format has no place for a summary: see <see cref="TranscriptSummary.Formats"/>.</exception>
    public static IEnumerable<string> Pieces(Transcript transcript, TranscriptFormat format, TranscriptSummary? summary = null)
    {
        if (!Enum.IsDefined(format)) throw new ArgumentOutOfRangeException(nameof(format), format, "Not a format.");
        CheckSummary(format, summary);
        return format == TranscriptFormat.Json ? JsonPieces.OfDocument(transcript) : SegmentsOf(transcript, format, summary);
    }

    /// <summary>Refuses a summary for a format that has no place for one.</summary>
    /// <exception cref="ArgumentException">The format has none.</exception>
    internal static void CheckSummary(TranscriptFormat format, TranscriptSummary? summary)
    {
        if (summary is null || TranscriptSummary.Formats.Contains(format)) return;
        throw new ArgumentException($"{format.Name} has no place for a summary.", nameof(summary));
    }

    /// <summary>Writes the export.</summary>
    /// <param name="transcript">What to export.</param>
    /// <param name="format">What to export it to.</param>
    /// <param name="writer">Where to write. It is not closed.</param>
    public static void Write(Transcript transcript, TranscriptFormat format, TextWriter writer)
    {
        foreach (var piece in Pieces(transcript, format)) writer.Write(piece);
    }

    /// <summary>Writes the export in UTF-8.</summary>
    /// <param name="transcript">What to export.</param>
    /// <param name="format">What to export it to.</param>
    /// <param name="stream">Where to write. It is flushed, and not closed.</param>
    /// <param name="cancellationToken">Ends the writing, where it is.</param>
    public static Task WriteAsync(Transcript transcript, TranscriptFormat format, Stream stream, CancellationToken cancellationToken = default) =>
        WriteAsync(transcript, format, summary: null, stream, cancellationToken);

    /// <summary>Writes the export in UTF-8, with a summary before what was said.</summary>
    /// <param name="transcript">What to export.</param>
    /// <param name="format">What to export it to.</param>
    /// <param name="summary">The summary; null for none.</param>
    /// <param name="stream">Where to write. It is flushed, and not closed.</param>
    /// <param name="cancellationToken">Ends the writing, where it is.</param>
    /// <exception cref="ArgumentException">The format has no place for a summary: see <see cref="TranscriptSummary.Formats"/>.</exception>
    public static async Task WriteAsync(
        Transcript transcript, TranscriptFormat format, TranscriptSummary? summary, Stream stream, CancellationToken cancellationToken = default)
    {
        await using var writer = new StreamWriter(stream, Utf8, leaveOpen: true);
        foreach (var piece in Pieces(transcript, format, summary)) await writer.WriteAsync(piece.AsMemory(), cancellationToken);
        await writer.FlushAsync(cancellationToken);
    }

    /// <summary>Writes the export to a file, whole or not at all: see <see cref="AtomicFile"/>.</summary>
    /// <param name="transcript">What to export.</param>
    /// <param name="format">What to export it to.</param>
    /// <param name="path">The file. One that exists is replaced.</param>
    /// <param name="cancellationToken">Ends the writing; the file is then as it was.</param>
    public static Task WriteFileAsync(
        Transcript transcript, TranscriptFormat format, string path, CancellationToken cancellationToken = default) =>
        WriteFileAsync(transcript, format, summary: null, path, cancellationToken);

    /// <summary>
    /// Writes the export to a file, whole or not at all, with a summary before what was said: see <see cref="AtomicFile"/>.
    /// </summary>
    /// <param name="transcript">What to export.</param>
    /// <param name="format">What to export it to.</param>
    /// <param name="summary">The summary; null for none.</param>
    /// <param name="path">The file. One that exists is replaced.</param>
    /// <param name="cancellationToken">Ends the writing; the file is then as it was.</param>
    /// <exception cref="ArgumentException">The format has no place for a summary: see <see cref="TranscriptSummary.Formats"/>.</exception>
    public static Task WriteFileAsync(
        Transcript transcript, TranscriptFormat format, TranscriptSummary? summary, string path, CancellationToken cancellationToken = default) =>
        AtomicFile.WriteAsync(path, (stream, token) => WriteAsync(transcript, format, summary, stream, token), cancellationToken);

    private static IEnumerable<string> SegmentsOf(Transcript transcript, TranscriptFormat format, TranscriptSummary? summary)
    {
        var pieces = SegmentPieces.For(format, transcript.Speakers, transcript.FileName, summary, () => HasDetails(transcript));
        if (pieces.Head.Length > 0) yield return pieces.Head;
        IEnumerable<TranscriptSegment> segments = transcript.Segments;
        if (pieces.IsSorted) segments = segments.OrderBy(segment => (segment.Start, segment.End, segment.Id));
        foreach (var segment in segments) yield return pieces.Piece(segment);
    }

    private static bool HasDetails(Transcript transcript) =>
        transcript.Segments.Any(segment => segment.Confidence is not null || segment.Language is not null);
}
