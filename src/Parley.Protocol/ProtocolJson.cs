using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Protocol;

/// <summary>How the protocol is written as JSON: snake case, null fields left out, letters of every script as they are.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Envelope))]
[JsonSerializable(typeof(SessionStartedPayload))]
[JsonSerializable(typeof(SessionResumedPayload))]
[JsonSerializable(typeof(SessionEndedPayload))]
[JsonSerializable(typeof(PartialPayload))]
[JsonSerializable(typeof(FinalizedPayload))]
[JsonSerializable(typeof(SpeakerTurnPayload))]
[JsonSerializable(typeof(SpeakerRevisionPayload))]
[JsonSerializable(typeof(SemanticUpdatePayload))]
[JsonSerializable(typeof(WorkflowRoutedPayload))]
[JsonSerializable(typeof(WorkflowProgressPayload))]
[JsonSerializable(typeof(WorkflowResultPayload))]
[JsonSerializable(typeof(WorkflowDroppedPayload))]
[JsonSerializable(typeof(WorkflowFailedPayload))]
[JsonSerializable(typeof(SummaryPayload))]
[JsonSerializable(typeof(SummaryFailedPayload))]
[JsonSerializable(typeof(AnomalyPayload))]
[JsonSerializable(typeof(ChunkAckPayload))]
[JsonSerializable(typeof(PongPayload))]
[JsonSerializable(typeof(ErrorPayload))]
[JsonSerializable(typeof(StreamDescription))]
[JsonSerializable(typeof(StartSession))]
[JsonSerializable(typeof(TextChunk))]
[JsonSerializable(typeof(AsrMessage))]
[JsonSerializable(typeof(EndSession))]
[JsonSerializable(typeof(Ping))]
[JsonSerializable(typeof(ResumeSession))]
[JsonSerializable(typeof(Authenticate))]
public sealed partial class ProtocolJson : JsonSerializerContext
{
    /// <summary>
    /// How text is escaped: only what JSON asks for, so that text of any script stays readable. The result is JSON, not HTML; never
    /// paste it into a page unescaped.
    /// </summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
