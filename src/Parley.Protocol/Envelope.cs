using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Protocol;

/// <summary>The one shape of a visible fact or a partial: on the wire, in the log and in files.</summary>
/// <remarks>
/// Written as one JSON object without line breaks, null fields left out, in the order of the members here with
/// <c>schema_version</c> first. A file of JSON Lines is <see cref="WriteTo(IBufferWriter{byte})"/> and a line feed, again and again;
/// inside a larger document, <see cref="WriteTo(Utf8JsonWriter)"/> stands where a value may stand.
/// </remarks>
[JsonConverter(typeof(EnvelopeConverter))]
public sealed record Envelope
{
    /// <summary>The version of this shape, in every envelope.</summary>
    public const string SchemaVersion = "2.1.0";

    /// <summary>
    /// Numbers the facts that viewers get, from 1 without gaps within a stream. What is not a fact carries the number of the last
    /// fact before it, 0 before the first: whoever remembers the id of anything resumes rightly.
    /// </summary>
    public required long EventId { get; init; }

    /// <summary>The conversation, as <see cref="Protocol.StreamId"/> makes it.</summary>
    public required string StreamId { get; init; }

    /// <summary>The segment this is about, as <see cref="Protocol.SegmentId"/> makes it. Null where it is about none.</summary>
    public string? SegmentId { get; init; }

    /// <summary>When the server said this, in milliseconds since the Unix epoch.</summary>
    public required long TsServer { get; init; }

    /// <summary>Where it starts, in seconds of audio time. Null where it has no place in the audio.</summary>
    public double? TsAudioStart { get; init; }

    /// <summary>Where it ends, in seconds of audio time. Null where it has no place in the audio.</summary>
    public double? TsAudioEnd { get; init; }

    /// <summary>What is said; its kind is the envelope's <c>type</c>.</summary>
    public required ServerPayload Payload { get; init; }

    /// <summary>The payload's name on the wire, such as <c>FINALIZED</c>.</summary>
    public string Type => Payload.Type;

    /// <summary>Writes the envelope as one value. The writer should escape as <see cref="ProtocolJson.WriterOptions"/> says.</summary>
    public void WriteTo(Utf8JsonWriter writer) => EnvelopeConverter.WriteEnvelope(writer, this);

    /// <summary>Writes the envelope as UTF-8, on one line, without the line feed.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, ProtocolJson.WriterOptions);
        WriteTo(writer);
    }

    /// <summary>The envelope as UTF-8, on one line.</summary>
    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, EnvelopeConverter.Json.Envelope);

    /// <summary>
    /// Reads one envelope. A type that this version does not know becomes an <see cref="OtherPayload"/>; unknown fields are skipped.
    /// </summary>
    /// <exception cref="JsonException">It is not JSON, or a field is missing or of the wrong kind; the message names the field.</exception>
    public static Envelope Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        var envelope = EnvelopeConverter.ReadEnvelope(ref reader);
        return reader.Read() ? throw new JsonException("There is more after the envelope.") : envelope;
    }
}
