using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Protocol;

// Written by hand because the order of the fields is part of the contract, and because "type" stands beside the payload it describes.
internal sealed class EnvelopeConverter : JsonConverter<Envelope>
{
    private const string Owner = "envelope";

    /// <summary>Writes as <see cref="ProtocolJson.WriterOptions"/> says, with a buffer that the serializer keeps for the next.</summary>
    public static readonly ProtocolJson Json = new(new JsonSerializerOptions(ProtocolJson.Default.Options) { Encoder = ProtocolJson.WriterOptions.Encoder });

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
            EventId = root.WholeNumber(Owner, "event_id", atLeast: 0),
            StreamId = root.Text(Owner, "stream_id"),
            SegmentId = root.OptionalText(Owner, "segment_id"),
            TsServer = root.WholeNumber(Owner, "ts_server", atLeast: long.MinValue),
            TsAudioStart = root.OptionalNumber(Owner, "ts_audio_start"),
            TsAudioEnd = root.OptionalNumber(Owner, "ts_audio_end"),
            Payload = ServerPayload.Read(root.Text(Owner, "type"), root.Required(Owner, "payload")),
        };
    }
}
