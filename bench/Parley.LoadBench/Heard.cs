using System.Text;
using System.Text.Json;

/// <summary>What is needed of a server's message. The payload comes last, and is read by whoever wants it.</summary>
internal readonly ref struct Heard
{
    public required string Type { get; init; }

    public required long EventId { get; init; }

    public required double AudioEnd { get; init; }

    public required ReadOnlySpan<byte> Payload { get; init; }

    public bool IsFact => Type is not ("PARTIAL" or "CHUNK_ACK" or "SESSION_RESUMED" or "PONG" or "ERROR" or "WORKFLOW_PROGRESS" or "END_OF_TURN_HINT");

    public static Heard Read(ReadOnlySpan<byte> message)
    {
        var (type, eventId, audioEnd) = ("", 0L, 0.0);
        var json = new Utf8JsonReader(message);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("payload"u8))
            {
                json.Read();
                return new() { Type = type, EventId = eventId, AudioEnd = audioEnd, Payload = message[(int)json.TokenStartIndex..^1] };
            }

            if (json.ValueTextEquals("type"u8)) type = Name(ref json);
            else if (json.ValueTextEquals("event_id"u8) && json.Read()) eventId = json.GetInt64();
            else if (json.ValueTextEquals("ts_audio_end"u8) && json.Read()) audioEnd = json.GetDouble();
            else json.Skip();
        }

        throw new JsonException($"An envelope without a payload: {Encoding.UTF8.GetString(message[..Math.Min(message.Length, 200)])}");
    }

    // Most are one of these: no string is made for them.
    private static string Name(ref Utf8JsonReader json)
    {
        json.Read();
        return json.ValueTextEquals("PARTIAL"u8) ? "PARTIAL"
            : json.ValueTextEquals("CHUNK_ACK"u8) ? "CHUNK_ACK"
            : json.ValueTextEquals("FINALIZED"u8) ? "FINALIZED"
            : json.GetString()!;
    }
}
