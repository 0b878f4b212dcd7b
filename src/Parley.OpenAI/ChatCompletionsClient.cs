using System.ClientModel;
using System.ClientModel.Primitives;
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
internal sealed class ChatCompletionsClient(Uri endpoint, string model, string? apiKey, EndpointProfile given) : IChatClient
{
    // More refusals than an endpoint can learn from are no refusals of parameters.
    private const int MostRefusals = 8;

    private readonly ConcurrentDictionary<string, LearntProfile> _learnt = new(StringComparer.Ordinal);
    private readonly Uri _address = AddressOf(endpoint);
    private readonly ClientPipeline _pipeline = ClientPipeline.Create(new ClientPipelineOptions
    {
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),

        // Whoever asks says how long to wait.
        NetworkTimeout = Timeout.InfiniteTimeSpan,
    });

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

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

        var server = new ServerMessages(response.ContentStream ?? Stream.Null);
        var (isMalformed, hasContent, isFinished) = (false, false, false);
        await foreach (var message in server.ReadAsync(cancellationToken))
        {
            if (message.ValueKind != JsonValueKind.Object) continue;
            if (IsError(message) && isFinished) continue;
            if (IsError(message)) throw new ClientResultException(new StreamedError(message, response.Headers));
            var update = MessageReader.Read(message, ref isMalformed);
            if (MessageReader.IsInterrupted(update.FinishReason)) throw new ModelUnavailableException("server_error");
            isFinished |= update.FinishReason is not null;
            hasContent |= update.Contents.Any(content => content is TextContent or TextReasoningContent);
            yield return update;
        }

        if (isFinished || server.IsDone) yield break;
        if (!hasContent && (isMalformed || server.HasNoise)) throw new InvalidAnswerException("the server's message is malformed");

        // Without a reason and without [DONE] the end of the body is the end of the answer, if it can be told from a cut connection.
        if (!hasContent || !IsFramed(response)) throw new ModelUnavailableException("connection");
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EndpointProfile) ? Learnt(model).Current
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("openai", endpoint, model)
        : serviceType?.IsInstanceOfType(this) == true ? this
        : null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private LearntProfile Learnt(string name) => _learnt.GetOrAdd(name, _ => new LearntProfile(given));

    // Null: the model used up its tokens before the answer began.
    private async Task<PipelineResponse?> SendAsync(List<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var name = options?.ModelId ?? model;
        var learnt = Learnt(name);
        for (var refusals = 0; ; refusals++)
        {
            var profile = learnt.Current;
            var body = new RequestBody(name, messages, options, profile);
            var response = await PostAsync(body, cancellationToken);
            if (!response.IsError) return response;
            var error = await ErrorResponse.ReadAsync(response, cancellationToken);
            var words = error.Content.ToMemory();
            if (RefusedParameters.IsOutOfTokens(error.Status, words)) return null;
            var refused = RefusedParameters.Find(error.Status, words) & body.Sent;
            if (refusals == MostRefusals || !learnt.Learn(profile, refused, body.Format, RefusedParameters.SuggestsDeveloper(words)))
                throw new ClientResultException(error);
        }
    }

    private async Task<PipelineResponse> PostAsync(RequestBody body, CancellationToken cancellationToken)
    {
        using var message = _pipeline.CreateMessage();
        message.BufferResponse = false;
        message.Request.Method = "POST";
        message.Request.Uri = _address;
        message.Request.Headers.Set("Content-Type", "application/json");
        message.Request.Headers.Set("Accept", body.IsStreamed ? "text/event-stream, application/json" : "application/json");
        Authorize(message.Request);
        message.Request.Content = BinaryContent.Create(BinaryData.FromBytes(body.Json));
        message.Apply(new RequestOptions { CancellationToken = cancellationToken, BufferResponse = false });
        await _pipeline.SendAsync(message);
        return message.ExtractResponse()!;
    }

    private void Authorize(PipelineRequest request)
    {
        if (string.IsNullOrEmpty(apiKey)) return;
        request.Headers.Set("Authorization", $"Bearer {apiKey}");

        // Addresses of Azure with an api-version take a key in a header of their own.
        if (endpoint.Query.Contains("api-version=", StringComparison.OrdinalIgnoreCase)) request.Headers.Set("api-key", apiKey);
    }

    private static bool IsError(JsonElement message) =>
        message.TryGetProperty("error", out var error)
        && error.ValueKind is JsonValueKind.Object or JsonValueKind.String
        && error.GetRawText() is not ("{}" or "\"\"");

    private static bool IsFramed(PipelineResponse response) =>
        response.Headers.TryGetValue("Transfer-Encoding", out _) || response.Headers.TryGetValue("Content-Length", out _);

    private static Uri AddressOf(Uri endpoint)
    {
        const string Path = "/chat/completions";
        var address = new UriBuilder(endpoint);
        var path = address.Path.TrimEnd('/');
        address.Path = path.EndsWith(Path, StringComparison.OrdinalIgnoreCase) ? path : path + Path;
        return address.Uri;
    }
}
