using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Parley.Work;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Parley.OpenAI;

/// <summary>
/// A chat client for any OpenAI-compatible endpoint: the one of <c>Microsoft.Extensions.AI.OpenAI</c>, without its retries (the dispatcher
/// retries), and on guard against servers that break off or send malformed messages.
/// </summary>
/// <param name="endpoint">The address of the API, such as <c>http://localhost:11434/v1</c>.</param>
/// <param name="model">The model's name at that endpoint.</param>
/// <param name="apiKey">The API key; null for a server that needs none.</param>
/// <param name="clock">The clock that a Retry-After date is compared with; null for the system clock.</param>
public sealed class OpenAIChatClient(Uri endpoint, string model, string? apiKey = null, TimeProvider? clock = null)
    : ErrorMappingChatClient(Connect(endpoint, model, apiKey), clock)
{
    /// <inheritdoc/>
    /// <exception cref="ModelUnavailableException">The stream ended without a finish reason: the connection was cut.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var isFinished = false;
        await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            isFinished |= update.FinishReason is not null;
            yield return update;
        }

        if (!isFinished) throw new ModelUnavailableException("connection");
    }

    // The library reads a message without checking it first, so that a malformed one fails in one of these ways.
    /// <inheritdoc/>
    protected override Exception? Map(Exception error, CancellationToken cancellationToken) =>
        base.Map(error, cancellationToken) ?? error switch
        {
            FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException or NullReferenceException =>
                new InvalidAnswerException("the server's message is malformed", error),
            _ => null,
        };

    private static IChatClient Connect(Uri endpoint, string model, string? apiKey)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrEmpty(model);
        if (endpoint.IsAbsoluteUri && endpoint.UserInfo.Length > 0)
            throw new ArgumentException("A model's address has no user and password: the key is given by itself.", nameof(endpoint));

        // The library requires a key; servers that need none ignore it.
        var credential = new ApiKeyCredential(string.IsNullOrEmpty(apiKey) ? "none" : apiKey);
        var options = new OpenAIClientOptions { Endpoint = endpoint, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) };
        return new ChatClient(model, credential, options).AsIChatClient();
    }
}
