using System.Text;

namespace Parley.Transcripts;

/// <summary>
/// Writes a document in any format, segment by segment. Files are UTF-8; what each format guarantees is in docs/formats.md.
/// </summary>
public static class TranscriptExporter
{
    /// <summary>The first character of a file that has a byte order mark.</summary>
    internal const char ByteOrderMark = '\uFEFF';

    internal static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The export in pieces, about one a segment; together they are the whole file, without a byte order mark.</summary>
    /// <param name="transcript">What to export.</param>
    /// <param name="format">What to export it to.</param>
    /// <param name="options">How to export it. Default: null, as <see cref="TranscriptExportOptions.Default"/> says.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such format.</exception>
    /// <exception cref="ArgumentException">The format has no place for a summary: see <see cref="TranscriptSummary.Formats"/>.</exception>
    public static IEnumerable<string> Pieces(Transcript transcript, TranscriptFormat format, TranscriptExportOptions? options = null)
    {
        if (!Enum.IsDefined(format)) throw new ArgumentOutOfRangeException(nameof(format), format, "Not a format.");
        options ??= TranscriptExportOptions.Default;
        CheckSummary(format, options.Summary);
        return format == TranscriptFormat.Json ? JsonPieces.OfDocument(transcript) : SegmentsOf(transcript, format, options);
    }

    /// <summary>Refuses a summary for a format that has no place for one.</summary>
    /// <exception cref="ArgumentException">The format has none.</exception>
    internal static void CheckSummary(TranscriptFormat format, TranscriptSummary? summary)
    {
        if (summary is null || TranscriptSummary.Formats.Contains(format)) return;
        throw new ArgumentException($"{format.Name} has no place for a summary.", nameof(summary));
    }

    /// <summary>Writes the export, without a byte order mark.</summary>
    /// <param name="transcript">What to export.</param>
    /// <param name="format">What to export it to.</param>
    /// <param name="writer">Where to write. It is not closed.</param>
    /// <param name="options">How to export it. Default: null, as <see cref="TranscriptExportOptions.Default"/> says.</param>
    /// <exception cref="ArgumentException">The format has no place for a summary: see <see cref="TranscriptSummary.Formats"/>.</exception>
    public static void Write(Transcript transcript, TranscriptFormat format, TextWriter writer, TranscriptExportOptions? options = null)
    {
        foreach (var piece in Pieces(transcript, format, options)) writer.Write(piece);
    }

    /// <summary>Writes the export in UTF-8.</summary>
    /// <param name="transcript">What to export.</param>
    /// <param name="format">What to export it to.</param>
    /// <param name="stream">Where to write. It is flushed, and not closed.</param>
    /// <param name="cancellationToken">Ends the writing, where it is.</param>
    public static Task WriteAsync(
        Transcript transcript, TranscriptFormat format, Stream stream, CancellationToken cancellationToken = default) =>
        WriteAsync(transcript, format, TranscriptExportOptions.Default, stream, cancellationToken);

    /// <summary>Writes the export in UTF-8.</summary>
    /// <param name="transcript">What to export.</param>
    /// <param name="format">What to export it to.</param>
    /// <param name="options">How to export it.</param>
    /// <param name="stream">Where to write. It is flushed, and not closed.</param>
    /// <param name="cancellationToken">Ends the writing, where it is.</param>
    /// <exception cref="ArgumentException">The format has no place for a summary: see <see cref="TranscriptSummary.Formats"/>.</exception>
    public static async Task WriteAsync(
        Transcript transcript,
        TranscriptFormat format,
        TranscriptExportOptions options,
        Stream stream,
        CancellationToken cancellationToken = default)
    {
        await using var writer = new StreamWriter(stream, Utf8, leaveOpen: true);
        if (options.HasByteOrderMark(format)) await writer.WriteAsync(ByteOrderMark);
        foreach (var piece in Pieces(transcript, format, options)) await writer.WriteAsync(piece.AsMemory(), cancellationToken);
        await writer.FlushAsync(cancellationToken);
    }

    /// <summary>Writes the export to a file, whole or not at all: see <see cref="AtomicFile"/>.</summary>
    /// <param name="transcript">What to export.</param>
    /// <param name="format">What to export it to.</param>
    /// <param name="path">The file. One that exists is replaced.</param>
    /// <param name="cancellationToken">Ends the writing; the file is then as it was.</param>
    public static Task WriteFileAsync(
        Transcript transcript, TranscriptFormat format, string path, CancellationToken cancellationToken = default) =>
        WriteFileAsync(transcript, format, TranscriptExportOptions.Default, path, cancellationToken);

    /// <summary>Writes the export to a file, whole or not at all: see <see cref="AtomicFile"/>.</summary>
    /// <param name="transcript">What to export.</param>
    /// <param name="format">What to export it to.</param>
    /// <param name="options">How to export it.</param>
    /// <param name="path">The file. One that exists is replaced.</param>
    /// <param name="cancellationToken">Ends the writing; the file is then as it was.</param>
    /// <exception cref="ArgumentException">The format has no place for a summary: see <see cref="TranscriptSummary.Formats"/>.</exception>
    public static Task WriteFileAsync(
        Transcript transcript,
        TranscriptFormat format,
        TranscriptExportOptions options,
        string path,
        CancellationToken cancellationToken = default) =>
        AtomicFile.WriteAsync(path, (stream, token) => WriteAsync(transcript, format, options, stream, token), cancellationToken);

    private static IEnumerable<string> SegmentsOf(Transcript transcript, TranscriptFormat format, TranscriptExportOptions options)
    {
        var pieces = SegmentPieces.For(format, ExportSource.Of(transcript), options);
        if (pieces.Head.Length > 0) yield return pieces.Head;
        IEnumerable<TranscriptSegment> segments = transcript.Segments;
        if (pieces.IsSorted) segments = segments.OrderBy(segment => (segment.Start, segment.End, segment.Id));
        foreach (var segment in segments)
        {
            if (pieces.Piece(segment) is { Length: > 0 } piece) yield return piece;
        }

        if (pieces.End() is { Length: > 0 } end) yield return end;
    }
}
