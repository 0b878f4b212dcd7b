using System.Text.Json;
using System.Text.Unicode;

namespace Parley.Streaming;

/// <summary>
/// Reads chunks from JSON: <c>{"start": 0.5, "end": 1.2, "text": "hello", "speaker_id": "spk_0"}</c>. A missing speaker is null, other fields are
/// ignored, and of a field given twice the last one counts. One reader for each input: it remembers the names of its speakers.
/// </summary>
public sealed class ChunkJsonReader
{
    private const int SpeakersRemembered = 64;

    private readonly List<string> _speakers = [];

    /// <summary>Reads one chunk from one whole JSON object, in UTF-8.</summary>
    /// <exception cref="ChunkFormatException">It is not JSON, not an object, or a field is missing or of the wrong type.</exception>
    public StreamChunk Read(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) throw new ChunkFormatException("not valid UTF-8");
        try
        {
            return ReadObject(json);
        }
        catch (JsonException malformed)
        {
            throw new ChunkFormatException($"not valid JSON at byte {malformed.BytePositionInLine ?? 0}", malformed);
        }
    }

    private StreamChunk ReadObject(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw new ChunkFormatException($"expected an object, found {Name(reader.TokenType)}");

        double? start = null, end = null;
        string? text = null, speaker = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("start"u8)) start = ReadTime(ref reader, "start");
            else if (reader.ValueTextEquals("end"u8)) end = ReadTime(ref reader, "end");
            else if (reader.ValueTextEquals("text"u8)) text = ReadText(ref reader);
            else if (reader.ValueTextEquals("speaker_id"u8)) speaker = ReadSpeaker(ref reader);
            else reader.Skip();
        }

        // The reader refuses what follows the object, but only when asked to go on.
        reader.Read();
        return new(start ?? throw Missing("start"), end ?? throw Missing("end"), text ?? throw Missing("text"), speaker);
    }

    private static double ReadTime(ref Utf8JsonReader reader, string field)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.Number) throw Mistyped(field, "a number of seconds", reader.TokenType);
        return reader.TryGetDouble(out var seconds) && double.IsFinite(seconds) ? seconds : throw new ChunkFormatException($"{field}: too large a number");
    }

    private static string ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? Unescape(ref reader, "text") : throw Mistyped("text", "a string", reader.TokenType);
    }

    private string? ReadSpeaker(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.String) throw Mistyped("speaker_id", "a string or null", reader.TokenType);
        foreach (var known in _speakers)
        {
            if (reader.ValueTextEquals(known)) return known;
        }

        var speaker = Unescape(ref reader, "speaker_id");
        if (_speakers.Count < SpeakersRemembered) _speakers.Add(speaker);
        return speaker;
    }

    private static string Unescape(ref Utf8JsonReader reader, string field)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException invalid)
        {
            throw new ChunkFormatException($"{field}: not valid Unicode", invalid);
        }
    }

    private static ChunkFormatException Missing(string field) => new($"{field}: missing");

    private static ChunkFormatException Mistyped(string field, string expected, JsonTokenType found) =>
        new($"{field}: expected {expected}, found {Name(found)}");

    private static string Name(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        _ => "null",
    };
}
