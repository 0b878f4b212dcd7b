using System.ClientModel;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Work;

namespace Parley.OpenAI;

/// <summary>
/// Calls the chat completions API of any OpenAI-compatible endpoint. A refused parameter is left out and the call made again at once; what
/// was learnt is remembered for each model. It does not retry otherwise.
/// </summary>
/// <param name="endpoint">The address of the API.</param>
/// <param name="model">The model that is asked if the options name no other.</param>
/// <param name="apiKey">The API key; null for none.</param>
/// <param name="given">What is known of the endpoint.</param>
/// <param name="maxConnections">The maximum number of connections; null for no limit.</param>
internal sealed class ChatCompletionsClient(Uri endpoint, string model, string? apiKey, EndpointProfile given, int? maxConnections)
    : IChatClient
{
    // More refusals than an endpoint can learn from are no refusals of parameters.
    private const int MostRefusals = 8;

    private readonly ConcurrentDictionary<string, LearntProfile> _learnt = new(StringComparer.Ordinal);
    private readonly ChatCompletionsEndpoint _endpoint = new(endpoint, apiKey, maxConnections);

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken)
            .Where(update => update.Contents.Count > 0 || update.FinishReason is not null)
            .ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync([.. messages], options, cancellationToken);
        if (response is null)
        {
            yield return new ChatResponseUpdate { FinishReason = ChatFinishReason.Length };
            yield break;
        }

        var headers = new ResponseHeaders(response);
        var server = new ServerMessages(await response.Content.ReadAsStreamAsync(cancellationToken));
        var (isMalformed, hasContent, isFinished) = (false, false, false);
        await foreach (var message in server.ReadAsync(cancellationToken))
        {
            if (message.ValueKind != JsonValueKind.Object) continue;
            if (IsError(message) && isFinished) continue;
            if (IsError(message)) throw new ClientResultException(new StreamedError(message, headers));
            var update = MessageReader.Read(message, ref isMalformed);
            if (MessageReader.IsInterrupted(update.FinishReason)) throw new ModelUnavailableException("server_error");
            isFinished |= update.FinishReason is not null;
            hasContent |= update.Contents.Any(content => content is TextContent or TextReasoningContent);
            yield return update;
        }

        if (isFinished || server.IsDone) yield break;
        if (!hasContent && (isMalformed || server.HasNoise)) throw new InvalidAnswerException("the server's message is malformed");

        // Without a reason and without [DONE] the end of the body is the end of the answer, if it can be told from a cut connection.
        if (!hasContent || !IsFramed(headers)) throw new ModelUnavailableException("connection");
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EndpointProfile) ? Learnt(model).Current
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("openai", endpoint, model)
        : serviceType?.IsInstanceOfType(this) == true ? this
        : null;

    /// <inheritdoc/>
    public void Dispose() => _endpoint.Dispose();

    private LearntProfile Learnt(string name) => _learnt.GetOrAdd(name, _ => new LearntProfile(given));

    // Null: the model used up its tokens before the answer began.
    private async Task<HttpResponseMessage?> SendAsync(List<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var name = options?.ModelId ?? model;
        var learnt = Learnt(name);
        for (var refusals = 0; ; refusals++)
        {
            var profile = learnt.Current;
            var body = new RequestBody(name, messages, options, profile);
            var response = await _endpoint.PostAsync(body, cancellationToken);
            if (response.IsSuccessStatusCode) return response;
            var error = await ErrorResponse.ReadAsync(response, cancellationToken);
            var words = error.Content.ToMemory();
            if (RefusedParameters.IsOutOfTokens(error.Status, words)) return null;
            var refused = RefusedParameters.Find(error.Status, words) & body.Sent;
            if (refusals == MostRefusals || !learnt.Learn(profile, refused, body.Format, RefusedParameters.SuggestsDeveloper(words)))
                throw new ClientResultException(error);
        }
    }

    private static bool IsError(JsonElement message) =>
        message.TryGetProperty("error", out var error)
        && error.ValueKind is JsonValueKind.Object or JsonValueKind.String
        && error.GetRawText() is not ("{}" or "\"\"");

    private static bool IsFramed(ResponseHeaders headers) =>
        headers.TryGetValue("Transfer-Encoding", out _) || headers.TryGetValue("Content-Length", out _);
}
