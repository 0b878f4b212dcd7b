using System.Text.Json;

namespace Parley.Protocol;

/// <summary>
/// What a stream is known and found by: the client's own words for it. A server shows them and finds by them, and interprets the language
/// alone. Lengths are in characters, which are UTF-16 code units.
/// </summary>
public sealed record StreamDescription
{
    /// <summary>The maximum length of an external id, in characters.</summary>
    public const int MaxExternalIdLength = 256;

    /// <summary>The maximum length of a title, in characters.</summary>
    public const int MaxTitleLength = 256;

    /// <summary>The maximum number of participants.</summary>
    public const int MaxParticipants = 100;

    /// <summary>The maximum length of a participant's role, in characters.</summary>
    public const int MaxRoleLength = 64;

    /// <summary>The maximum number of labels.</summary>
    public const int MaxLabels = 32;

    /// <summary>The maximum length of a label's key, in characters.</summary>
    public const int MaxLabelKeyLength = 63;

    /// <summary>The maximum length of a label's value, in characters.</summary>
    public const int MaxLabelValueLength = 64;

    /// <summary>The maximum length of a language tag, in characters.</summary>
    public const int MaxLanguageLength = 35;

    /// <summary>The maximum number of objects and arrays within each other in the metadata.</summary>
    public const int MaxMetadataDepth = 16;

    /// <summary>The maximum size of everything but the external id, in bytes of JSON without white space.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>The description of a stream that was never given any.</summary>
    public static StreamDescription None { get; } = new();

    /// <summary>The names of the fields on the wire.</summary>
    public static IReadOnlyList<string> FieldNames { get; } = ["external_id", "title", "participants", "labels", "language", "metadata"];

    /// <summary>
    /// Gets the id that another system has for the stream, unique within its tenant and taken wherever a stream's id is. Any text of 1 to
    /// <see cref="MaxExternalIdLength"/> characters without control characters that is not <c>.</c> or <c>..</c> and does not begin with
    /// <c>str-</c>, as streams' own ids do. Compared letter by letter. Default: null for none.
    /// </summary>
    public string? ExternalId { get; init; }

    /// <summary>Gets the title, from 1 to <see cref="MaxTitleLength"/> characters. Default: null for none.</summary>
    public string? Title { get; init; }

    /// <summary>Gets who takes part, at most <see cref="MaxParticipants"/>. Default: null for nobody named.</summary>
    public IReadOnlyList<Participant>? Participants { get; init; }

    /// <summary>
    /// Gets the labels, at most <see cref="MaxLabels"/>, by which streams can be listed. A key has 1 to <see cref="MaxLabelKeyLength"/>
    /// letters, digits, hyphens, underscores, dots and slashes, a value at most <see cref="MaxLabelValueLength"/> characters. Default: null
    /// for none.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>
    /// Gets the language that is spoken, in which the conversation is read if it is given at its start: a tag such as <c>en-GB</c> of at
    /// most <see cref="MaxLanguageLength"/> letters, digits and hyphens. Default: null for not known.
    /// </summary>
    public string? Language { get; init; }

    /// <summary>
    /// Gets everything else, a JSON object with at most <see cref="MaxMetadataDepth"/> objects and arrays within each other. Default: null
    /// for nothing.
    /// </summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Whether a text can be an external id.</summary>
    public static bool IsExternalId(string text) =>
        text.Length is > 0 and <= MaxExternalIdLength && text is not ("." or "..")
        && !StreamId.IsReserved(text) && !text.Any(char.IsControl);

    /// <summary>Reads the fields of an object that may have others.</summary>
    /// <exception cref="ProtocolException">A field is of the wrong kind or out of its range; the message names it.</exception>
    public static StreamDescription Parse(JsonElement json)
    {
        var description = StreamDescriptionReader.Read(json);
        description.Check();
        return description;
    }

    /// <summary>Checks that the description keeps within its bounds.</summary>
    /// <exception cref="ProtocolException">A field is out of its range; the message names it, and the bound.</exception>
    public void Check() => StreamDescriptionRules.Check(this);

    /// <summary>The description as UTF-8, on one line.</summary>
    public byte[] ToUtf8()
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, ProtocolJson.WriterOptions))
            JsonSerializer.Serialize(writer, this, ProtocolJson.Default.StreamDescription);
        return output.ToArray();
    }

    /// <summary>Reads what <see cref="ToUtf8"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static StreamDescription Read(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, ProtocolJson.Default.StreamDescription)!;
}
