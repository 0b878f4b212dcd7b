using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Protocol;

/// <summary>Opens a conversation.</summary>
/// <param name="Config">What it wants otherwise than the server's defaults.</param>
/// <param name="StreamId">The name it shall have; null lets the server choose.</param>
public sealed record StartSession(SessionSettings Config, string? StreamId = null) : ClientMessage
{
    /// <summary>
    /// Gets what the conversation is known and found by; on the wire its fields stand beside <c>config</c>. Where there is a conversation
    /// with its external id, that one is found. Default: nothing.
    /// </summary>
    [JsonIgnore]
    public StreamDescription Description { get; init; } = StreamDescription.None;

    [JsonInclude]
    internal string? ExternalId => Description.ExternalId;

    [JsonInclude]
    internal string? Title => Description.Title;

    [JsonInclude]
    internal IReadOnlyList<Participant>? Participants => Description.Participants;

    [JsonInclude]
    internal IReadOnlyDictionary<string, string>? Labels => Description.Labels;

    [JsonInclude]
    internal string? Language => Description.Language;

    [JsonInclude]
    internal JsonElement? Metadata => Description.Metadata;

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public override string Type => MessageTypes.StartSession;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.StartSession;
}

/// <summary>One piece of recognised text.</summary>
/// <param name="Sequence">Its number, from 1 without gaps per stream and source: a repeat is acknowledged and changes nothing.</param>
/// <param name="Start">Where it starts, in seconds of audio time.</param>
/// <param name="End">Where it ends, in seconds of audio time.</param>
/// <param name="Text">What was recognised.</param>
/// <param name="SpeakerId">Who said it, at most <see cref="Names.MaxLength"/> characters; null where nobody is named.</param>
/// <param name="Source">
/// Which recogniser sends it, where several feed one stream, at most <see cref="Names.MaxLength"/> characters; null is the one without a
/// name.
/// </param>
/// <param name="IsFinal">False where the recogniser may still replace it, under the same <paramref name="Key"/>. Null is true.</param>
/// <param name="Key">What it replaces, or is replaced by; at most <see cref="Names.MaxLength"/> characters.</param>
public sealed record TextChunk(
    long Sequence,
    double Start,
    double End,
    string Text,
    string? SpeakerId = null,
    string? Source = null,
    bool? IsFinal = null,
    string? Key = null) : ClientMessage
{
    /// <summary>
    /// Gets the words with their times, the confidence and the language, which stand on the wire as <c>words</c>, <c>confidence</c> and
    /// <c>language</c>. Default: null for none of them.
    /// </summary>
    [JsonIgnore]
    public SpeechDetails? Details { get; init; }

    [JsonInclude]
    internal IReadOnlyList<TimedWord>? Words => Details?.Words;

    [JsonInclude]
    internal double? Confidence => Details?.Confidence;

    [JsonInclude]
    internal string? Language => Details?.Language;

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public override string Type => MessageTypes.TextChunk;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.TextChunk;

    /// <summary>Reads one chunk where nothing else can stand, so that it needs no <c>type</c>.</summary>
    /// <exception cref="ProtocolException">
    /// It is no object, or a field is missing, of the wrong kind or out of its range; the message names it.
    /// </exception>
    public static TextChunk Read(JsonElement json) => Reading(() =>
        json.ValueKind == JsonValueKind.Object ? ClientMessageReader.ReadChunk(json, "chunk") : throw new JsonException("A chunk is a JSON object."));
}

/// <summary>One message of a recogniser, as its vendor wrote it.</summary>
/// <param name="Sequence">Its number, from 1 without gaps per stream and source.</param>
/// <param name="Format">Whose it is, such as <c>deepgram</c>.</param>
/// <param name="Message">The message, unchanged.</param>
/// <param name="Source">
/// Which recogniser sends it, where several feed one stream, at most <see cref="Names.MaxLength"/> characters; null is the one without a
/// name.
/// </param>
public sealed record AsrMessage(long Sequence, string Format, JsonElement Message, string? Source = null) : ClientMessage
{
    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public override string Type => MessageTypes.AsrMessage;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.AsrMessage;
}

/// <summary>Ends the conversation.</summary>
public sealed record EndSession : ClientMessage
{
    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public override string Type => MessageTypes.EndSession;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.EndSession;
}

/// <summary>Asks for a sign of life.</summary>
/// <param name="Timestamp">Given back in the answer; null where the client does not care.</param>
public sealed record Ping(double? Timestamp = null) : ClientMessage
{
    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public override string Type => MessageTypes.Ping;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.Ping;
}

/// <summary>Comes back to a conversation.</summary>
/// <param name="StreamId">Which: its id or its external id.</param>
/// <param name="LastEventId">The id of the last thing it got, 0 for all.</param>
public sealed record ResumeSession(string StreamId, long LastEventId) : ClientMessage
{
    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public override string Type => MessageTypes.ResumeSession;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.ResumeSession;
}

/// <summary>Says who the client is, where it could not do so in a header.</summary>
/// <param name="Token">The key or token.</param>
public sealed record Authenticate(string Token) : ClientMessage
{
    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public override string Type => MessageTypes.Authenticate;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.Authenticate;
}
