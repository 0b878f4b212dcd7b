using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Parley.Work;

/// <summary>
/// Passes calls on to another chat client and turns its errors into the exceptions that work handling understands:
/// <see cref="ModelUnavailableException"/>, <see cref="WorkRefusedException"/> and <see cref="InvalidAnswerException"/>.
/// </summary>
/// <remarks>
/// <see cref="ChatModel"/> puts it around every client. It knows the errors of <c>System.ClientModel</c> (OpenAI, Azure OpenAI), with
/// their Retry-After, and those of <see cref="HttpClient"/>. Derive from it for a library with exceptions of its own. It does not retry.
/// </remarks>
/// <param name="inner">The client to call.</param>
/// <param name="clock">The clock that a Retry-After date is compared with; null for the system clock.</param>
public class ErrorMappingChatClient(IChatClient inner, TimeProvider? clock = null) : DelegatingChatClient(inner)
{
    // RFC 9110 sets no limit; a model that asks for more than a day is not waited for any longer.
    private const double LongestRetryAfterSec = 86_400;

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }
        catch (Exception e) when (Map(e, cancellationToken) is { } mapped)
        {
            throw mapped;
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var stream = base.GetStreamingResponseAsync(messages, options, cancellationToken);
        await using var updates = stream.GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(updates, cancellationToken)) yield return updates.Current;
    }

    /// <summary>Returns the exception to throw in place of an error of the inner client; null to leave it as it is.</summary>
    /// <param name="error">The error.</param>
    /// <param name="cancellationToken">The caller's token. A cancellation without it is a time-out of the client.</param>
    protected virtual Exception? Map(Exception error, CancellationToken cancellationToken) => error switch
    {
        // Several attempts of a client that retries by itself.
        AggregateException { InnerExceptions: [.., var last] } => Map(last, cancellationToken),
        ClientResultException refused when refused.GetRawResponse() is var response =>
            Refusal(refused.Status, RetryAfter(response), ServerError.Read(response), refused),
        HttpRequestException refused => Refusal((int?)refused.StatusCode ?? 0, retryAfter: null, said: default, refused),
        IOException => new ModelUnavailableException("connection", inner: error),
        OperationCanceledException when !cancellationToken.IsCancellationRequested =>
            new ModelUnavailableException("connection", inner: error),
        JsonException => new InvalidAnswerException("the server's message is malformed", error),
        _ => null,
    };

    private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception e) when (Map(e, cancellationToken) is { } mapped)
        {
            throw mapped;
        }
    }

    // Status 0: there was no response.
    private static Exception Refusal(int status, TimeSpan? retryAfter, ServerError said, Exception error) => status switch
    {
        0 => new ModelUnavailableException("connection", inner: error),
        402 => new WorkRefusedException("quota_exceeded", error),
        < 500 when said.IsQuota => new WorkRefusedException("quota_exceeded", error),
        429 => new ModelUnavailableException("rate_limited", retryAfter, error),
        408 or >= 500 => new ModelUnavailableException("server_error", retryAfter, error),
        401 or 403 => new WorkRefusedException("not_authorized", error),
        400 when said.Code is "content_filter" or "content_policy_violation" => new WorkRefusedException("content_filter", error),
        404 => new WorkRefusedException("not_found", error),
        _ => new WorkRefusedException("bad_request", error),
    };

    // RFC 9110, 10.2.3: seconds or a date. Some servers send fractions of a second.
    private TimeSpan? RetryAfter(PipelineResponse? response)
    {
        if (response is null || !response.Headers.TryGetValue("Retry-After", out var value)) return null;
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0)
            return TimeSpan.FromSeconds(Math.Min(seconds, LongestRetryAfterSec));
        if (!DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return null;
        var wait = at - _clock.GetUtcNow();
        return TimeSpan.FromSeconds(Math.Clamp(wait.TotalSeconds, 0, LongestRetryAfterSec));
    }
}
