using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>The shapes of events in the description of the calls: an envelope whose <c>type</c> tells its payload.</summary>
internal static class EventDescription
{
    private const string Event = "Event";

    private static readonly (string Type, Type Payload)[] Payloads =
    [
        (EventTypes.SessionStarted, typeof(SessionStartedPayload)),
        (EventTypes.SessionEnded, typeof(SessionEndedPayload)),
        (EventTypes.Partial, typeof(PartialPayload)),
        (EventTypes.Finalized, typeof(FinalizedPayload)),
        (EventTypes.SpeakerTurn, typeof(SpeakerTurnPayload)),
        (EventTypes.SpeakerRevision, typeof(SpeakerRevisionPayload)),
        (EventTypes.SemanticUpdate, typeof(SemanticUpdatePayload)),
        (EventTypes.WorkflowRouted, typeof(WorkflowRoutedPayload)),
        (EventTypes.WorkflowProgress, typeof(WorkflowProgressPayload)),
        (EventTypes.WorkflowResult, typeof(WorkflowResultPayload)),
        (EventTypes.WorkflowDropped, typeof(WorkflowDroppedPayload)),
        (EventTypes.WorkflowFailed, typeof(WorkflowFailedPayload)),
        (EventTypes.Summary, typeof(SummaryPayload)),
        (EventTypes.SummaryFailed, typeof(SummaryFailedPayload)),
        (EventTypes.Error, typeof(ErrorPayload)),
    ];

    /// <summary>Adds the shapes to the document.</summary>
    public static async Task AddAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var mapping = new Dictionary<string, OpenApiSchemaReference>();
        foreach (var (type, payload) in Payloads)
        {
            var schema = await context.GetOrCreateSchemaAsync(payload, null, cancellationToken);
            // They stand in the envelope.
            schema.Properties?.Remove("type");
            schema.Required?.Remove("type");
            document.AddComponent(payload.Name, schema);
            var name = $"{payload.Name[..^"Payload".Length]}{Event}";
            document.AddComponent(name, Specific(payload.Name, document));
            mapping[type] = new OpenApiSchemaReference(name, document);
        }

        document.AddComponent(Event, Envelope(mapping));
    }

    private static OpenApiSchema Envelope(Dictionary<string, OpenApiSchemaReference> mapping) => new()
    {
        Type = JsonSchemaType.Object,
        Description = "What a server says. Clients skip types and fields that they do not know.",
        Required = new HashSet<string> { "schema_version", "event_id", "stream_id", "type", "ts_server" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["schema_version"] = Of(JsonSchemaType.String, "The version of the protocol."),
            ["event_id"] = Of(JsonSchemaType.Integer, "The number of the event; of what is no fact, that of the last fact.", "int64"),
            ["stream_id"] = Of(JsonSchemaType.String, "The stream."),
            ["segment_id"] = Of(JsonSchemaType.String, "The segment that it is about."),
            ["type"] = Of(JsonSchemaType.String, "The kind of the event, which tells its payload."),
            ["ts_server"] = Of(JsonSchemaType.Integer, "When, in milliseconds since 1970.", "int64"),
            ["ts_audio_start"] = Of(JsonSchemaType.Number, "Where it begins, in seconds of audio time.", "double"),
            ["ts_audio_end"] = Of(JsonSchemaType.Number, "Where it ends, in seconds of audio time.", "double"),
        },
        Discriminator = new OpenApiDiscriminator { PropertyName = "type", Mapping = mapping },
    };

    private static OpenApiSchema Specific(string payload, OpenApiDocument document) => new()
    {
        AllOf =
        [
            new OpenApiSchemaReference(Event, document),
            new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string> { "payload" },
                Properties = new Dictionary<string, IOpenApiSchema> { ["payload"] = new OpenApiSchemaReference(payload, document) },
            },
        ],
    };

    private static OpenApiSchema Of(JsonSchemaType type, string description, string? format = null) =>
        new() { Type = type, Description = description, Format = format };
}
