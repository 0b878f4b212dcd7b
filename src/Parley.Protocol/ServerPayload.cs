using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Protocol;

/// <summary>What a server says, in an <see cref="Envelope"/>. The family is closed: switch over it.</summary>
public abstract record ServerPayload
{
    private protected ServerPayload() { }

    /// <summary>The name on the wire, such as <c>FINALIZED</c>.</summary>
    public abstract string Type { get; }

    /// <summary>
    /// Whether this is in the log and has an event id of its own. A type that this version does not know counts as one: were it none, it
    /// would carry the id of a fact already seen.
    /// </summary>
    [JsonIgnore]
    public virtual bool IsFact => true;

    internal virtual void WriteTo(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, this, JsonType);

    private protected abstract JsonTypeInfo JsonType { get; }

    internal static ServerPayload Read(string type, JsonElement json) => JsonTypeOf(type) switch
    {
        { } known => (ServerPayload?)json.Deserialize(known) ?? throw new JsonException($"The payload of {type} is null."),
        null => new OtherPayload(type, json.Clone()),
    };

    private static JsonTypeInfo? JsonTypeOf(string type) => type switch
    {
        EventTypes.SessionStarted => ProtocolJson.Default.SessionStartedPayload,
        EventTypes.SessionResumed => ProtocolJson.Default.SessionResumedPayload,
        EventTypes.SessionEnded => ProtocolJson.Default.SessionEndedPayload,
        EventTypes.Partial => ProtocolJson.Default.PartialPayload,
        EventTypes.Finalized => ProtocolJson.Default.FinalizedPayload,
        EventTypes.SpeakerTurn => ProtocolJson.Default.SpeakerTurnPayload,
        EventTypes.SpeakerRevision => ProtocolJson.Default.SpeakerRevisionPayload,
        EventTypes.SemanticUpdate => ProtocolJson.Default.SemanticUpdatePayload,
        EventTypes.WorkflowRouted => ProtocolJson.Default.WorkflowRoutedPayload,
        EventTypes.WorkflowProgress => ProtocolJson.Default.WorkflowProgressPayload,
        EventTypes.WorkflowResult => ProtocolJson.Default.WorkflowResultPayload,
        EventTypes.WorkflowDropped => ProtocolJson.Default.WorkflowDroppedPayload,
        EventTypes.WorkflowFailed => ProtocolJson.Default.WorkflowFailedPayload,
        EventTypes.Summary => ProtocolJson.Default.SummaryPayload,
        EventTypes.SummaryFailed => ProtocolJson.Default.SummaryFailedPayload,
        EventTypes.Anomaly => ProtocolJson.Default.AnomalyPayload,
        EventTypes.ChunkAck => ProtocolJson.Default.ChunkAckPayload,
        EventTypes.Pong => ProtocolJson.Default.PongPayload,
        EventTypes.Error => ProtocolJson.Default.ErrorPayload,
        _ => null,
    };
}

/// <summary>A payload of a type that this version does not know, kept as it came.</summary>
/// <param name="Name">Its <c>type</c> on the wire.</param>
/// <param name="Json">Its payload.</param>
public sealed record OtherPayload(string Name, JsonElement Json) : ServerPayload
{
    /// <inheritdoc/>
    public override string Type => Name;

    internal override void WriteTo(Utf8JsonWriter writer) => Json.WriteTo(writer);

    private protected override JsonTypeInfo JsonType => throw new NotSupportedException();
}
