using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Protocol;

/// <summary>What a client says, as one JSON object with a <c>type</c>. The family is closed: switch over it.</summary>
public abstract record ClientMessage
{
    private protected ClientMessage() { }

    /// <summary>The name on the wire, such as <c>TEXT_CHUNK</c>.</summary>
    public abstract string Type { get; }

    private protected abstract JsonTypeInfo JsonType { get; }

    /// <summary>The message as UTF-8, on one line.</summary>
    public byte[] ToUtf8()
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, ProtocolJson.WriterOptions))
            JsonSerializer.Serialize(writer, this, JsonType);
        return output.ToArray();
    }

    /// <summary>Reads one message. Fields that no message has are skipped; settings that no session has are not.</summary>
    /// <exception cref="ProtocolException">
    /// It is not JSON, has no known type, or a field is missing, of the wrong kind or out of its range; the message names it.
    /// </exception>
    public static ClientMessage Parse(ReadOnlyMemory<byte> utf8) => Reading(() =>
    {
        using var document = JsonDocument.Parse(utf8);
        return ClientMessageReader.Read(document.RootElement);
    });

    // Half a letter, as \ud800 alone, passes for JSON and is no text.
    private protected static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException e)
        {
            throw new ProtocolException(ErrorCodes.InvalidMessage, e.Message, e);
        }
        catch (InvalidOperationException e)
        {
            throw new ProtocolException(ErrorCodes.InvalidMessage, "A text in the message is not valid Unicode.", e);
        }
    }
}
