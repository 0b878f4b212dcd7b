using System.Text.Json;

namespace Parley.Protocol;

internal static class ClientMessageReader
{
    public static ClientMessage Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new JsonException("A message is a JSON object.");
        var type = json.Text("message", "type");
        return type switch
        {
            MessageTypes.StartSession => new StartSession(
                json.Optional("config") is { } config ? SessionSettings.Parse(config) : new SessionSettings(),
                Stream(json, type))
            {
                Description = StreamDescription.Parse(json),
            },
            MessageTypes.TextChunk => ReadChunk(json, type),
            MessageTypes.AsrMessage => new AsrMessage(
                json.WholeNumber(type, "sequence", atLeast: 1),
                json.Text(type, "format"),
                json.Required(type, "message").Clone(),
                json.OptionalName(type, "source")),
            MessageTypes.EndSession => new EndSession(),
            MessageTypes.Ping => new Ping(json.OptionalNumber(type, "timestamp")),
            MessageTypes.ResumeSession => new ResumeSession(
                StreamOrExternal(json, type) ?? throw new JsonException($"{type} has no stream_id."),
                json.WholeNumber(type, "last_event_id", atLeast: 0)),
            MessageTypes.Authenticate => new Authenticate(json.Text(type, "token")),
            "AUDIO_CHUNK" or "TTS_STATE" => throw new ProtocolException(
                ErrorCodes.NotSupported, $"{type} is not supported: this server takes recognised text, not sound."),
            "" => throw new JsonException("message has no type."),
            _ => throw new JsonException("message: type is not one that clients send."),
        };
    }

    public static TextChunk ReadChunk(JsonElement json, string owner) => new(
        json.WholeNumber(owner, "sequence", atLeast: 1),
        json.Number(owner, "start"),
        json.Number(owner, "end"),
        json.Text(owner, "text"),
        json.OptionalName(owner, "speaker_id"),
        json.OptionalName(owner, "source"),
        json.OptionalFlag(owner, "is_final"),
        json.OptionalName(owner, "key"))
    {
        Details = SpeechDetailsReader.Read(json, owner),
    };

    private static string? Stream(JsonElement json, string type)
    {
        var (name, id) = Named(json, type);
        return id is null || StreamId.IsValid(id) ? id : throw new JsonException($"{type}: {name} is not str- and a UUID.");
    }

    private static string? StreamOrExternal(JsonElement json, string type)
    {
        var (name, id) = Named(json, type);
        return id is null || StreamId.IsValid(id) || StreamDescription.IsExternalId(id)
            ? id
            : throw new JsonException($"{type}: {name} is neither str- and a UUID nor an external id.");
    }

    // Older clients say session_id.
    private static (string Name, string? Id) Named(JsonElement json, string type)
    {
        var name = json.Optional("stream_id") is null ? "session_id" : "stream_id";
        return (name, json.OptionalText(type, name));
    }
}
