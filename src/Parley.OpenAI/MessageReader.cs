using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Parley.OpenAI;

/// <summary>
/// Reads what a chat completions message says of an answer: a piece of a streamed one, or a whole one. Only what is needed is read; what
/// else a server sends, or sends otherwise than OpenAI does, changes nothing.
/// </summary>
internal static class MessageReader
{
    /// <summary>Reads a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isMalformed">Set to true if a part that should hold the answer is something else.</param>
    /// <exception cref="InvalidOperationException">A text is no Unicode.</exception>
    public static ChatResponseUpdate Read(JsonElement message, ref bool isMalformed)
    {
        var update = new ChatResponseUpdate { Role = ChatRole.Assistant };
        if (TextOf(Property(message, "model")) is { Length: > 0 } name) update.ModelId = name;
        if (Property(message, "choices") is { } choices)
        {
            if (choices.ValueKind == JsonValueKind.Array) ReadChoice(choices, update, ref isMalformed);
            else isMalformed = true;
        }

        if (ReadUsage(Property(message, "usage") ?? Property(Property(message, "x_groq"), "usage")) is { } usage)
            update.Contents.Add(new UsageContent(usage));
        return update;
    }

    /// <summary>Returns whether the server broke the answer off.</summary>
    public static bool IsInterrupted(ChatFinishReason? reason) =>
        reason?.Value is "error" or "abort" or "aborted" or "cancelled" or "timeout" or "network_error" or "insufficient_system_resource";

    private static void ReadChoice(JsonElement choices, ChatResponseUpdate update, ref bool isMalformed)
    {
        if (choices.GetArrayLength() == 0) return;
        var choice = choices[0];
        var delta = Property(choice, "delta") ?? Property(choice, "message");
        isMalformed |= choice.ValueKind != JsonValueKind.Object || delta is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) };
        foreach (var field in (string[])["reasoning_content", "reasoning", "thinking"])
        {
            if (TextOf(Property(delta, field)) is { Length: > 0 } reasoning) update.Contents.Add(new TextReasoningContent(reasoning));
        }

        ReadContent(Property(delta, "content") ?? Property(choice, "text"), update);
        update.FinishReason = FinishOf(Property(choice, "finish_reason"));
        if (TextOf(Property(delta, "refusal")) is { Length: > 0 }) update.FinishReason = ChatFinishReason.ContentFilter;
    }

    // A text, or a list of parts: texts, and on some servers what the model thinks.
    private static void ReadContent(JsonElement? content, ChatResponseUpdate update)
    {
        if (content is { ValueKind: JsonValueKind.Array } parts)
        {
            foreach (var part in parts.EnumerateArray())
            {
                var text = TextOf(part) ?? TextOf(Property(part, "text"));
                if (Property(part, "thinking") is { } thinking) update.Contents.Add(new TextReasoningContent(thinking.GetRawText()));
                else if (!string.IsNullOrEmpty(text)) update.Contents.Add(new TextContent(text));
            }
        }
        else if (TextOf(content) is { Length: > 0 } text)
        {
            update.Contents.Add(new TextContent(text));
        }
    }

    private static ChatFinishReason? FinishOf(JsonElement? reason) => TextOf(reason)?.ToLowerInvariant() switch
    {
        null or "" or "null" => null,
        "length" or "max_tokens" or "model_length" or "max_output_tokens" => ChatFinishReason.Length,
        "content_filter" or "content_filtered" or "safety" or "refusal" or "prohibited_content" or "recitation" =>
            ChatFinishReason.ContentFilter,
        "tool_calls" or "function_call" => ChatFinishReason.ToolCalls,
        "stop" or "eos" or "eos_token" or "end_turn" or "stop_sequence" => ChatFinishReason.Stop,
        var other => new ChatFinishReason(other),
    };

    private static UsageDetails? ReadUsage(JsonElement? usage)
    {
        var (input, output) = (Count(Property(usage, "prompt_tokens")), Count(Property(usage, "completion_tokens")));

        // No prompt has no tokens: the server does not count.
        return input is null or 0 && output is null or 0 ? null : new UsageDetails { InputTokenCount = input, OutputTokenCount = output };
    }

    private static long? Count(JsonElement? count) =>
        count is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var tokens) && tokens is >= 0 and < 1e12
            ? (long)Math.Ceiling(tokens)
            : null;

    private static string? TextOf(JsonElement? element) => element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Property(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var value)
            ? value.ValueKind == JsonValueKind.Null && name != "choices" ? null : value
            : null;
}
