using System.Text.Json;
using System.Text.Unicode;
using Parley.Protocol;

namespace Parley.Streaming;

/// <summary>
/// Reads chunks from JSON: <c>{"start": 0.5, "end": 1.2, "text": "hello", "speaker_id": "spk_0"}</c>, and if given <c>words</c>,
/// <c>confidence</c> and <c>language</c>. A missing speaker is null, other fields are ignored, and of a field given twice the last one
/// counts. One reader for each input: it remembers the names of its speakers.
/// </summary>
public sealed class ChunkJsonReader
{
    private const int SpeakersRemembered = 64;

    private readonly List<string> _speakers = [];

    /// <summary>
    /// Gets whether it reads, with a <see cref="Warning"/>, what the contract does not have: a time as text, a number as speaker, and
    /// <c>speaker</c> where <c>speaker_id</c> is missing. It warns of a start before zero, too. Default false: the contract to the letter.
    /// </summary>
    public bool IsLenient { get; init; }

    /// <summary>Gets what is odd about the chunk that was read last; null if nothing is, or if it is not lenient.</summary>
    public string? Warning { get; private set; }

    /// <summary>Reads one chunk from one whole JSON object, in UTF-8.</summary>
    /// <exception cref="ChunkFormatException">It is not JSON, not an object, or a field is missing or of the wrong type.</exception>
    public StreamChunk Read(ReadOnlySpan<byte> json)
    {
        Warning = null;
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
        string? text = null, speaker = null, label = null;
        var hasDetails = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("start"u8)) start = ReadTime(ref reader, "start");
            else if (reader.ValueTextEquals("end"u8)) end = ReadTime(ref reader, "end");
            else if (reader.ValueTextEquals("text"u8)) text = ReadText(ref reader);
            else if (reader.ValueTextEquals("speaker_id"u8)) speaker = ReadSpeaker(ref reader);
            else if (IsLenient && reader.ValueTextEquals("speaker"u8)) label = ReadLabel(ref reader);
            else
            {
                hasDetails |= IsOfDetails(reader);
                reader.Skip();
            }
        }

        // The reader refuses what follows the object, but only when asked to go on.
        reader.Read();
        if (IsLenient && start < 0) Warning ??= "start: before zero";
        if (speaker is null && label is not null) Warning ??= "speaker: taken for speaker_id";
        return new(start ?? throw Missing("start"), end ?? throw Missing("end"), text ?? throw Missing("text"), speaker ?? label)
        {
            Details = hasDetails ? ReadDetails(json) : null,
        };
    }

    private static bool IsOfDetails(in Utf8JsonReader reader) =>
        reader.ValueTextEquals("words"u8) || reader.ValueTextEquals("confidence"u8) || reader.ValueTextEquals("language"u8);

    // Chunks seldom have details: those that do are read twice.
    private static SpeechDetails? ReadDetails(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return SpeechDetails.Parse(JsonElement.ParseValue(ref reader));
        }
        catch (ProtocolException wrong)
        {
            throw new ChunkFormatException(wrong.Message, wrong);
        }
        catch (InvalidOperationException invalid)
        {
            throw new ChunkFormatException("words: not valid Unicode", invalid);
        }
    }

    private double ReadTime(ref Utf8JsonReader reader, string field)
    {
        reader.Read();
        if (IsLenient && LenientFields.Seconds(ref reader) is { } told)
        {
            Warning ??= $"{field}: a string taken for a number of seconds";
            return told;
        }

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
        if (IsLenient && reader.TokenType == JsonTokenType.Number)
        {
            Warning ??= "speaker_id: a number taken for a string";
            return LenientFields.Speaker(ref reader);
        }

        if (reader.TokenType != JsonTokenType.String) throw Mistyped("speaker_id", "a string or null", reader.TokenType);
        foreach (var known in _speakers)
        {
            if (reader.ValueTextEquals(known)) return known;
        }

        var speaker = Unescape(ref reader, "speaker_id");
        if (_speakers.Count < SpeakersRemembered) _speakers.Add(speaker);
        return speaker;
    }

    private static string? ReadLabel(ref Utf8JsonReader reader)
    {
        reader.Read();
        try
        {
            return LenientFields.Speaker(ref reader);
        }
        catch (InvalidOperationException invalid)
        {
            throw new ChunkFormatException("speaker: not valid Unicode", invalid);
        }
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
