using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Protocol;

/// <summary>Nothing up to here can be lost; the sender may forget it.</summary>
/// <param name="Sequence">The last chunk that is safe, and with it every one before.</param>
/// <param name="Source">Which sender; null is the one without a name.</param>
public sealed record ChunkAckPayload(long Sequence, string? Source = null) : ServerPayload
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.ChunkAck;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsFact => false;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.ChunkAckPayload;
}

/// <summary>The answer to a ping.</summary>
/// <param name="ServerTimestamp">The server's time, in milliseconds since the Unix epoch.</param>
/// <param name="Timestamp">What the client sent, given back.</param>
public sealed record PongPayload(long ServerTimestamp, double? Timestamp = null) : ServerPayload
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.Pong;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsFact => false;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.PongPayload;
}

/// <summary>Something was refused, or broke.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Message">For people: what was wrong and where, without a word of what people said.</param>
/// <param name="Recoverable">True where the connection stays and the client may go on.</param>
/// <param name="Details">Figures for programs, such as <c>expected</c> or <c>retry_after_sec</c>; null where there are none.</param>
public sealed record ErrorPayload(string Code, string Message, bool Recoverable, JsonElement? Details = null) : ServerPayload
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.Error;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsFact => false;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.ErrorPayload;
}
