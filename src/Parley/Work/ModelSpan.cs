using System.Diagnostics;
using Microsoft.Extensions.AI;
using Parley.Log;
using Parley.Protocol;
using Parley.Telemetry;

namespace Parley.Work;

/// <summary>
/// The span of one call of a model, with the attributes of OpenTelemetry's semantic conventions for generative AI. Prompts and answers are
/// never in it.
/// </summary>
internal static class ModelSpan
{
    /// <summary>Begins a span; null while nobody traces.</summary>
    /// <param name="client">What the client says of the model; null for nothing.</param>
    /// <param name="options">What the call asks for.</param>
    /// <param name="use">What the call is for.</param>
    /// <param name="format">The format of the answer; null for text.</param>
    /// <param name="limit">The most tokens of the answer.</param>
    public static Activity? Begin(ChatClientMetadata? client, ModelCallOptions options, in ModelUse use, ChatResponseFormat? format, int limit)
    {
        if (!ParleyTelemetry.Activities.HasListeners()) return null;
        var tags = new ActivityTagsCollection
        {
            ["gen_ai.operation.name"] = "chat",
            ["gen_ai.request.max_tokens"] = limit,
            ["gen_ai.output.type"] = format is ChatResponseFormatJson ? "json" : "text",
            ["parley.stream.id"] = StreamKey.IdOf(use.StreamId),
            ["parley.workflow"] = use.Name,
        };
        Add("gen_ai.provider.name", client?.ProviderName);
        Add("gen_ai.request.model", options.Model ?? client?.DefaultModelId);
        Add("gen_ai.request.temperature", options.Temperature);
        Add("server.address", client?.ProviderUri?.Host);
        Add("server.port", client?.ProviderUri?.Port);
        return ParleyTelemetry.Activities.StartActivity("parley.llm", ActivityKind.Client, default(ActivityContext), tags);

        void Add(string name, object? value)
        {
            if (value is not null) tags[name] = value;
        }
    }

    /// <summary>Adds what came of the call.</summary>
    /// <param name="span">The span.</param>
    /// <param name="answer">What was answered, also if the call failed.</param>
    /// <param name="usage">What the call took.</param>
    /// <param name="error">Why it failed, in a word; null if it did not.</param>
    public static void End(Activity span, ModelAnswer answer, TokenUsage usage, string? error)
    {
        span.SetTag("gen_ai.usage.input_tokens", usage.InputTokens);
        span.SetTag("gen_ai.usage.output_tokens", usage.OutputTokens);
        span.SetTag("parley.counted_by", usage.CountedBy);
        span.SetTag("gen_ai.response.model", ModelNames.Clean(answer.Model));
        if (ModelNames.Clean(answer.FinishReason) is { } reason) span.SetTag("gen_ai.response.finish_reasons", new[] { reason });
        if (error is null) return;
        span.SetTag("error.type", error);
        span.SetStatus(ActivityStatusCode.Error, error);
    }
}
