using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Transcripts;

/// <summary>
/// Reads and writes the document as JSON (schema version 2). A document that was read and not changed is written with
/// the same fields in the same order and the same numbers, also those that this library does not know. What is unusual and can be used
/// is in <see cref="Transcript.Warnings"/>.
/// </summary>
public static class TranscriptJson
{
    private static readonly JsonDocumentOptions Accepted = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a document.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="TranscriptFormatException">The text is not JSON, or not a transcript.</exception>
    public static Transcript Parse(string json)
    {
        try
        {
            return TranscriptSchema.Check(JsonNode.Parse(json, documentOptions: Accepted));
        }
        catch (JsonException e)
        {
            throw new TranscriptFormatException($"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}", "not valid JSON", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // JSON can escape half a surrogate pair in a name, and a .NET string can hold one.
            throw new TranscriptFormatException("$", "half a surrogate pair", e);
        }
    }

    /// <summary>Reads a document in UTF-8, to the end of the stream.</summary>
    /// <param name="stream">Where to read from. It stays open.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TranscriptFormatException">The text is not UTF-8, not JSON, or not a transcript.</exception>
    public static async Task<Transcript> ReadAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), leaveOpen: true);
        try
        {
            return Parse(await reader.ReadToEndAsync(cancellationToken));
        }
        catch (DecoderFallbackException e)
        {
            throw new TranscriptFormatException("$", "not valid UTF-8", e);
        }
    }

    /// <summary>Reads a document from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TranscriptFormatException">The text is not UTF-8, not JSON, or not a transcript.</exception>
    public static async Task<Transcript> ReadFileAsync(string path, CancellationToken cancellationToken = default)
    {
        await using var file = File.OpenRead(path);
        return await ReadAsync(file, cancellationToken);
    }

    /// <summary>Writes a document in UTF-8, indented by two spaces, lines ending in LF, no line end after the last.</summary>
    /// <param name="transcript">What to write.</param>
    /// <param name="stream">Where to write. It is flushed, and not closed.</param>
    /// <param name="cancellationToken">Ends the writing, where it is.</param>
    public static Task WriteAsync(Transcript transcript, Stream stream, CancellationToken cancellationToken = default) =>
        TranscriptExporter.WriteAsync(transcript, TranscriptFormat.Json, stream, cancellationToken);

    /// <summary>Writes a document to a file, whole or not at all: see <see cref="AtomicFile"/>.</summary>
    /// <param name="transcript">What to write.</param>
    /// <param name="path">The file. One that exists is replaced.</param>
    /// <param name="cancellationToken">Ends the writing; the file is then as it was.</param>
    public static Task WriteFileAsync(Transcript transcript, string path, CancellationToken cancellationToken = default) =>
        TranscriptExporter.WriteFileAsync(transcript, TranscriptFormat.Json, path, cancellationToken);

    /// <summary>The document as JSON text, indented by two spaces, lines ending in LF, no line end after the last.</summary>
    /// <param name="transcript">What to write.</param>
    public static string ToText(Transcript transcript) => string.Concat(JsonPieces.OfDocument(transcript));
}
