using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Parley.Work;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Parley.OpenAI;

/// <summary>A chat client for any OpenAI-compatible endpoint: text in, text out, streamed. It does not retry: the dispatcher does.</summary>
/// <remarks>A server's Retry-After comes as <see cref="ModelUnavailableException.RetryAfter"/>; what no retry helps comes as <see cref="WorkRefusedException"/>.</remarks>
public sealed class OpenAIChatClient : IChatClient
{
    private readonly ChatClient _client;
    private readonly TimeProvider _clock;
    private readonly ChatClientMetadata _metadata;

    /// <summary>A client of one model.</summary>
    /// <param name="endpoint">Where the API is, such as <c>http://localhost:11434/v1</c>.</param>
    /// <param name="model">The model's name there.</param>
    /// <param name="apiKey">The key; null for a server that wants none.</param>
    /// <param name="clock">Reads a Retry-After that is a date; null is the system's.</param>
    public OpenAIChatClient(Uri endpoint, string model, string? apiKey = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrEmpty(model);
        _clock = clock ?? TimeProvider.System;
        _metadata = new ChatClientMetadata("openai", endpoint, model);

        // The package insists on a key; servers without one ignore it.
        _client = new ChatClient(model, new ApiKeyCredential(string.IsNullOrEmpty(apiKey) ? "none" : apiKey), new OpenAIClientOptions
        {
            Endpoint = endpoint,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        });
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in GetStreamingResponseAsync(messages, options, cancellationToken)) updates.Add(update);
        return updates.ToChatResponse();
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var stream = _client.CompleteChatStreamingAsync(messages.Select(Message), Options(options), cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var _ = stream;
        var isFinished = false;
        while (await MoveNextAsync(stream, cancellationToken))
        {
            // A message that is JSON's null comes as one that is not there.
            if (stream.Current is not { } update) throw new InvalidAnswerException("the server's message is malformed");
            isFinished |= update.FinishReason is not null;
            var contents = new List<AIContent>();
            foreach (var part in update.ContentUpdate)
            {
                if (!string.IsNullOrEmpty(part.Text)) contents.Add(new TextContent(part.Text));
            }

            if (update.Usage is { } usage)
                contents.Add(new UsageContent(new UsageDetails { InputTokenCount = usage.InputTokenCount, OutputTokenCount = usage.OutputTokenCount }));
            yield return new ChatResponseUpdate(ChatRole.Assistant, contents);
        }

        // A connection that closes in the middle looks like an end.
        if (!isFinished) throw new ModelUnavailableException("connection");
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        return serviceType == typeof(ChatClientMetadata) ? _metadata : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<StreamingChatCompletionUpdate> stream, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNextAsync();
        }
        catch (ClientResultException e)
        {
            throw Refusal(e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ModelUnavailableException("connection", inner: e);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new InvalidAnswerException("the server's message is malformed", e);
        }
    }

    private Exception Refusal(ClientResultException e) => e.Status switch
    {
        0 => new ModelUnavailableException("connection", inner: e),
        429 => new ModelUnavailableException("rate_limited", RetryAfter(e), e),
        408 or >= 500 => new ModelUnavailableException("server_error", RetryAfter(e), e),
        401 or 403 => new WorkRefusedException("not_authorized", e),
        404 => new WorkRefusedException("not_found", e),
        _ => new WorkRefusedException("bad_request", e),
    };

    private TimeSpan? RetryAfter(ClientResultException e)
    {
        if (e.GetRawResponse() is not { } response || !response.Headers.TryGetValue("Retry-After", out var value)) return null;
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0) return TimeSpan.FromSeconds(Math.Min(seconds, 86_400));
        if (!DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return null;
        var wait = at - _clock.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private static global::OpenAI.Chat.ChatMessage Message(ChatMessage message) =>
        message.Role == ChatRole.System ? new SystemChatMessage(message.Text)
        : message.Role == ChatRole.Assistant ? new AssistantChatMessage(message.Text)
        : new UserChatMessage(message.Text);

    private static ChatCompletionOptions Options(ChatOptions? options) => new()
    {
        MaxOutputTokenCount = options?.MaxOutputTokens,
        Temperature = options?.Temperature,
        ResponseFormat = options?.ResponseFormat is ChatResponseFormatJson ? global::OpenAI.Chat.ChatResponseFormat.CreateJsonObjectFormat() : null,
    };
}
