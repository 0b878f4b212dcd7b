using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Parley.OpenAI;

/// <summary>A chat completions request as one endpoint takes it.</summary>
internal sealed class RequestBody
{
    private readonly ArrayBufferWriter<byte> _json = new();

    /// <summary>Writes a request.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="messages">The messages; their texts are sent.</param>
    /// <param name="options">What is asked for; null for nothing.</param>
    /// <param name="profile">What the endpoint takes.</param>
    public RequestBody(string model, IEnumerable<ChatMessage> messages, ChatOptions? options, EndpointProfile profile)
    {
        using var writer = new Utf8JsonWriter(_json);
        writer.WriteStartObject();
        writer.WriteString("model", model);
        WriteMessages(writer, messages, profile.Instructions!.Value);
        IsStreamed = profile.Streaming!.Value;
        writer.WriteBoolean("stream", IsStreamed);
        if (IsStreamed)
        {
            Sent |= Parameters.Streaming;
            if (profile.StreamOptions!.Value) WriteStreamOptions(writer);
        }

        if (options?.MaxOutputTokens is { } limit && profile.TokenLimit != TokenLimitField.None)
        {
            Sent |= Parameters.TokenLimit;
            writer.WriteNumber(profile.TokenLimit == TokenLimitField.MaxTokens ? "max_tokens" : "max_completion_tokens", limit);
        }

        if (options?.Temperature is { } temperature && profile.Temperature!.Value)
        {
            Sent |= Parameters.Temperature;
            writer.WriteNumber("temperature", temperature);
        }

        if (options?.ResponseFormat is ChatResponseFormatJson json) WriteFormat(writer, json, profile.ResponseFormat!.Value);
        writer.WriteEndObject();
    }

    /// <summary>Gets the JSON.</summary>
    public ReadOnlyMemory<byte> Json => _json.WrittenMemory;

    /// <summary>Gets the parameters in it that an endpoint may refuse.</summary>
    public Parameters Sent { get; private set; }

    /// <summary>Gets the response format in it.</summary>
    public ResponseFormats Format { get; private set; }

    /// <summary>Gets whether it asks for a streamed answer.</summary>
    public bool IsStreamed { get; }

    private void WriteMessages(Utf8JsonWriter writer, IEnumerable<ChatMessage> messages, InstructionRole role)
    {
        writer.WriteStartArray("messages");
        var instructions = "";
        foreach (var message in messages)
        {
            var isInstruction = message.Role == ChatRole.System;
            if (isInstruction && role == InstructionRole.User)
            {
                instructions += $"{message.Text}\n\n";
                continue;
            }

            if (isInstruction) Sent |= Parameters.Instructions;
            var isUser = message.Role == ChatRole.User;
            var name = isInstruction && role == InstructionRole.Developer ? "developer" : message.Role.Value;
            WriteMessage(writer, name, isUser ? instructions + message.Text : message.Text);
            if (isUser) instructions = "";
        }

        if (instructions.Length > 0) WriteMessage(writer, ChatRole.User.Value, instructions);
        writer.WriteEndArray();
    }

    private static void WriteMessage(Utf8JsonWriter writer, string role, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("role", role);
        writer.WriteString("content", text);
        writer.WriteEndObject();
    }

    private void WriteStreamOptions(Utf8JsonWriter writer)
    {
        Sent |= Parameters.StreamOptions;
        writer.WriteStartObject("stream_options");
        writer.WriteBoolean("include_usage", true);
        writer.WriteEndObject();
    }

    private void WriteFormat(Utf8JsonWriter writer, ChatResponseFormatJson json, ResponseFormats taken)
    {
        Format = json.Schema is not null && taken.HasFlag(ResponseFormats.JsonSchema) ? ResponseFormats.JsonSchema
            : taken & ResponseFormats.JsonObject;
        if (Format == ResponseFormats.None) return;
        Sent |= Parameters.ResponseFormat;
        writer.WriteStartObject("response_format");
        writer.WriteString("type", Format == ResponseFormats.JsonSchema ? "json_schema" : "json_object");
        if (Format == ResponseFormats.JsonSchema)
        {
            writer.WriteStartObject("json_schema");
            writer.WriteString("name", json.SchemaName ?? "answer");
            if (json.SchemaDescription is { } description) writer.WriteString("description", description);
            writer.WritePropertyName("schema");
            json.Schema!.Value.WriteTo(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
