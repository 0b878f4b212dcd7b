using System.Text.Json.Serialization;

namespace Parley.Conversations.Rules;

/// <summary>The JSON of facts and snapshots in the log, made at compile time. What viewers get is written by the protocol.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Opened))]
[JsonSerializable(typeof(RulesChanged))]
[JsonSerializable(typeof(ChunkAccepted))]
[JsonSerializable(typeof(SourceConnected))]
[JsonSerializable(typeof(LaneClosed))]
[JsonSerializable(typeof(EndRequested))]
[JsonSerializable(typeof(Settled))]
[JsonSerializable(typeof(SummaryDue))]
[JsonSerializable(typeof(StateSnapshot))]
[JsonSerializable(typeof(ConversationSettings))]
internal sealed partial class FactJson : JsonSerializerContext;
