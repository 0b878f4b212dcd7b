using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Transcripts;

/// <summary>JSON, a piece at a time: the document's top-level lists are the only long things in it.</summary>
internal static class JsonPieces
{
    private static readonly JsonWriterOptions Line = new()
    {
        // Transcripts are files, not parts of web pages: quotes and letters of every script stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonWriterOptions Document = Line with { Indented = true, NewLine = "\n" };

    public static IEnumerable<string> OfDocument(Transcript transcript)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Document);
        writer.WriteStartObject();
        foreach (var (name, value) in transcript.Json.AsObject())
        {
            writer.WritePropertyName(name);
            if (value is not JsonArray list)
            {
                Write(value, writer);
                continue;
            }
            writer.WriteStartArray();
            foreach (var item in list)
            {
                Write(item, writer);
                yield return Take(writer, buffer);
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
        yield return Take(writer, buffer);
    }

    public static IEnumerable<string> OfLines(Transcript transcript)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Line);
        foreach (var segment in transcript.Segments)
        {
            Write(segment.Json, writer);
            yield return Take(writer, buffer) + "\n";
            writer.Reset();
        }
    }

    private static void Write(JsonNode? node, Utf8JsonWriter writer)
    {
        if (node is null) writer.WriteNullValue();
        else node.WriteTo(writer);
    }

    private static string Take(Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer)
    {
        writer.Flush();
        var piece = Encoding.UTF8.GetString(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
        return piece;
    }
}
