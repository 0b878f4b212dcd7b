using Microsoft.Extensions.AI;
using Parley.Context;
using Parley.Work;

namespace Parley.OpenAI;

/// <summary>
/// A chat client for the chat completions API of any OpenAI-compatible endpoint. It finds out what the endpoint takes, reads what servers
/// really send, and does not retry: the dispatcher does. Its errors are those of <see cref="ErrorMappingChatClient"/>.
/// </summary>
/// <param name="endpoint">
/// The address of the API, such as <c>http://localhost:11434/v1</c>; the path <c>/chat/completions</c> is added. A query is kept.
/// </param>
/// <param name="model">The model's name at that endpoint.</param>
/// <param name="apiKey">The API key; null for a server that needs none.</param>
/// <param name="clock">The clock that a Retry-After date is compared with; null for the system clock.</param>
/// <param name="profile">What the endpoint takes; null to find all of it out by asking.</param>
/// <param name="maxConnections">
/// The maximum number of connections to the endpoint, at least 1; null for no limit. A call beyond it waits, within its own time-out.
/// </param>
public sealed class OpenAIChatClient(
    Uri endpoint,
    string model,
    string? apiKey = null,
    TimeProvider? clock = null,
    EndpointProfile? profile = null,
    int? maxConnections = null)
    : ErrorMappingChatClient(Connect(endpoint, model, apiKey, profile, maxConnections), clock)
{
    /// <summary>Gets what the endpoint takes, as far as it is known by now.</summary>
    public EndpointProfile Profile => this.GetService<EndpointProfile>()!;

    /// <inheritdoc/>
    /// <remarks>An <see cref="ITokenCounter"/> is there for models whose tokenizer is known; the key is the name of another model.</remarks>
    public override object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ITokenCounter)
        ? OpenAITokenCounter.For(serviceKey as string ?? model)
        : base.GetService(serviceType, serviceKey);

    // A text that is no Unicode fails when it is read.
    /// <inheritdoc/>
    protected override Exception? Map(Exception error, CancellationToken cancellationToken) =>
        base.Map(error, cancellationToken)
        ?? (error is InvalidOperationException ? new InvalidAnswerException("the server's message is malformed", error) : null);

    private static ChatCompletionsClient Connect(
        Uri endpoint, string model, string? apiKey, EndpointProfile? profile, int? maxConnections)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrEmpty(model);
        if (endpoint.IsAbsoluteUri && endpoint.UserInfo.Length > 0)
            throw new ArgumentException("A model's address has no user and password: the key is given by itself.", nameof(endpoint));
        return new ChatCompletionsClient(endpoint, model, apiKey, profile ?? new EndpointProfile(), maxConnections);
    }
}
