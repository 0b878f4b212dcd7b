using System.Text;

namespace Parley.Transcripts;

/// <summary>
/// Writes a document in any format, segment by segment. Text is UTF-8 without a byte order mark; what each format
/// guarantees is in docs/formats.md.
/// </summary>
public static class TranscriptExporter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The export in pieces, about one a segment; together they are the whole file.</summary>
    /// <param name="transcript">What to export.</param>
    /// <param name="format">What to export it to.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such format.</exception>
    public static IEnumerable<string> Pieces(Transcript transcript, TranscriptFormat format) => format switch
    {
        TranscriptFormat.Json => JsonPieces.OfDocument(transcript),
        TranscriptFormat.Srt => SrtExport.Pieces(transcript),
        TranscriptFormat.Vtt => VttExport.Pieces(transcript),
        TranscriptFormat.Text => TextExport.Pieces(transcript),
        TranscriptFormat.Markdown => MarkdownExport.Pieces(transcript),
        TranscriptFormat.Csv => CsvExport.Pieces(transcript),
        TranscriptFormat.JsonLines => JsonPieces.OfLines(transcript),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a format."),
    };

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
    public static async Task WriteAsync(
        Transcript transcript, TranscriptFormat format, Stream stream, CancellationToken cancellationToken = default)
    {
        await using var writer = new StreamWriter(stream, Utf8, leaveOpen: true);
        foreach (var piece in Pieces(transcript, format)) await writer.WriteAsync(piece.AsMemory(), cancellationToken);
        await writer.FlushAsync(cancellationToken);
    }

    /// <summary>Writes the export to a file, whole or not at all: see <see cref="AtomicFile"/>.</summary>
    /// <param name="transcript">What to export.</param>
    /// <param name="format">What to export it to.</param>
    /// <param name="path">The file. One that exists is replaced.</param>
    /// <param name="cancellationToken">Ends the writing; the file is then as it was.</param>
    public static Task WriteFileAsync(
        Transcript transcript, TranscriptFormat format, string path, CancellationToken cancellationToken = default) =>
        AtomicFile.WriteAsync(path, (stream, token) => WriteAsync(transcript, format, stream, token), cancellationToken);
}
