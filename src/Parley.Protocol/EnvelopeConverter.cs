using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Protocol;

// Written by hand because the order of the fields is part of the contract, and because "type" stands beside the payload it describes.
internal sealed class EnvelopeConverter : JsonConverter<Envelope>
{
    public override Envelope Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadEnvelope(ref reader);

    public override void Write(Utf8JsonWriter writer, Envelope value, JsonSerializerOptions options) => WriteEnvelope(writer, value);

    public static void WriteEnvelope(Utf8JsonWriter writer, Envelope envelope)
    {
        writer.WriteStartObject();
        writer.WriteString("schema_version"u8, Envelope.SchemaVersion);
        writer.WriteNumber("event_id"u8, envelope.EventId);
        writer.WriteString("stream_id"u8, envelope.StreamId);
        if (envelope.SegmentId is { } segmentId)
            writer.WriteString("segment_id"u8, segmentId);
        writer.WriteString("type"u8, envelope.Type);
        writer.WriteNumber("ts_server"u8, envelope.TsServer);
        if (envelope.TsAudioStart is { } start)
            writer.WriteNumber("ts_audio_start"u8, start);
        if (envelope.TsAudioEnd is { } end)
            writer.WriteNumber("ts_audio_end"u8, end);
        writer.WritePropertyName("payload"u8);
        envelope.Payload.WriteTo(writer);
        writer.WriteEndObject();
    }

    public static Envelope ReadEnvelope(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new JsonException("An envelope is a JSON object.");
        return new Envelope
        {
            EventId = Required(root, "event_id").TryGetInt64OrNull() ?? throw Wrong("event_id", "a whole number"),
            StreamId = Text(Required(root, "stream_id")) ?? throw Wrong("stream_id", "a string"),
            SegmentId = Optional(root, "segment_id") is { } segment ? Text(segment) ?? throw Wrong("segment_id", "a string") : null,
            TsServer = Required(root, "ts_server").TryGetInt64OrNull() ?? throw Wrong("ts_server", "a whole number"),
            TsAudioStart = Seconds(root, "ts_audio_start"),
            TsAudioEnd = Seconds(root, "ts_audio_end"),
            Payload = ServerPayload.Read(
                Text(Required(root, "type")) ?? throw Wrong("type", "a string"),
                Required(root, "payload")),
        };
    }

    private static double? Seconds(JsonElement root, string name) =>
        Optional(root, name) is { } value ? value.TryGetDoubleOrNull() ?? throw Wrong(name, "a number") : null;

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement Required(JsonElement root, string name) =>
        Optional(root, name) ?? throw new JsonException($"The envelope has no {name}.");

    private static JsonElement? Optional(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static JsonException Wrong(string name, string wanted) => new($"The envelope's {name} is not {wanted}.");
}
