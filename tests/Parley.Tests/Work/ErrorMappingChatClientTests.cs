using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Work;

namespace Parley.Tests.Work;

public class ErrorMappingChatClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(429, "rate_limited")]
    [InlineData(500, "server_error")]
    [InlineData(408, "server_error")]
    public async Task A_server_that_is_busy_is_unavailable_whichever_client_says_so(int status, string reason)
    {
        var library = await Unavailable(new ClientResultException(new Response(status, "30")));
        Assert.Equal((reason, TimeSpan.FromSeconds(30)), (library.Reason, library.RetryAfter));
        var http = await Unavailable(new HttpRequestException("no", null, (HttpStatusCode)status));
        Assert.Equal((reason, null), (http.Reason, http.RetryAfter));
    }

    [Theory]
    [InlineData(400, "bad_request")]
    [InlineData(401, "not_authorized")]
    [InlineData(403, "not_authorized")]
    [InlineData(404, "not_found")]
    public async Task A_request_that_no_retry_helps_is_refused(int status, string reason)
    {
        var http = new HttpRequestException("no", null, (HttpStatusCode)status);
        foreach (var error in new Exception[] { new ClientResultException(new Response(status)), http })
            Assert.Equal(reason, (await Assert.ThrowsAsync<WorkRefusedException>(() => AskAsync(error))).Reason);
    }

    [Theory]
    [InlineData(402, null)]
    [InlineData(429, """{"error":{"code":"insufficient_quota","message":"You exceeded your current quota"}}""")]
    [InlineData(429, """{"error":{"code":null,"type":"insufficient_quota"}}""")]
    [InlineData(429, """{"error":{"code":"billing_hard_limit_reached"}}""")]
    [InlineData(403, """{"error":{"type":"billing_not_active"}}""")]
    public async Task An_account_that_is_used_up_or_unpaid_is_told_from_a_rate_limit(int status, string? body)
    {
        var error = new ClientResultException(new Response(status, "1", body));
        Assert.Equal("quota_exceeded", (await Assert.ThrowsAsync<WorkRefusedException>(() => AskAsync(error))).Reason);
    }

    [Theory]
    [InlineData("""{"error":{"code":"rate_limit_exceeded","message":"Quota per minute"}}""")]
    [InlineData("""{"error":"busy"}""")]
    [InlineData("""{"error":{"code":7}}""")]
    [InlineData("[1]")]
    [InlineData("{")]
    [InlineData("<html>")]
    public async Task What_else_a_busy_server_says_is_a_rate_limit(string body) =>
        Assert.Equal("rate_limited", (await Unavailable(new ClientResultException(new Response(429, "1", body)))).Reason);

    [Theory]
    [InlineData("0.25", 0.25)]
    [InlineData("1000000000", 86_400.0)]
    [InlineData("Sun, 01 Mar 2026 12:01:30 GMT", 90.0)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 0.0)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 86_400.0)]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    [InlineData("NaN", null)]
    [InlineData(null, null)]
    public async Task Retry_after_is_seconds_or_a_date(string? header, double? seconds)
    {
        var busy = await Unavailable(new ClientResultException(new Response(503, header)));
        Assert.Equal(seconds, busy.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task A_client_that_has_retried_by_itself_says_what_the_last_attempt_said()
    {
        var attempts = new AggregateException(new HttpRequestException("no"), new ClientResultException(new Response(429, "7")));
        Assert.Equal(TimeSpan.FromSeconds(7), (await Unavailable(attempts)).RetryAfter);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_unavailable_and_a_message_that_is_malformed_an_invalid_answer()
    {
        Exception[] errors = [new HttpRequestException("no"), new IOException("no"), new TaskCanceledException("too slow")];
        foreach (var error in errors)
            Assert.Equal("connection", (await Unavailable(error)).Reason);
        await Assert.ThrowsAsync<InvalidAnswerException>(() => AskAsync(new JsonException("no")));
    }

    [Fact]
    public async Task What_the_caller_cancels_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => AskAsync(new OperationCanceledException(), stop.Token));
    }

    [Fact]
    public async Task Other_errors_and_those_of_work_stay_what_they_are()
    {
        Exception[] errors =
        [
            new InvalidOperationException(),
            new WorkRefusedException("no"),
            new ModelUnavailableException("busy"),
            new InvalidAnswerException("no"),
        ];
        foreach (var error in errors)
            Assert.Same(error, await Record.ExceptionAsync(() => AskAsync(error)));
    }

    private static Task<ModelUnavailableException> Unavailable(Exception error) =>
        Assert.ThrowsAsync<ModelUnavailableException>(() => AskAsync(error));

    // Both ways of asking fail alike.
    private static async Task AskAsync(Exception error, CancellationToken? cancellationToken = null)
    {
        using var client = new ErrorMappingChatClient(new FailingClient(error), new FirstOfMarchAtNoon());
        var asked = cancellationToken ?? Cancel;
        var stream = client.GetStreamingResponseAsync("hello", null, asked);
        var streamed = await Record.ExceptionAsync(() => stream.ToListAsync(Cancel).AsTask());
        var whole = await Record.ExceptionAsync(() => client.GetResponseAsync("hello", null, asked));
        Assert.Equal(whole?.Message, streamed?.Message);
        Assert.IsType(whole!.GetType(), streamed);
        ExceptionDispatchInfo.Throw(streamed!);
    }

    private sealed class FailingClient(Exception error) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromException<ChatResponse>(error);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Ni");
            throw await Task.FromResult(error);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    private sealed class FirstOfMarchAtNoon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    }

    private sealed class Response(int status, string? retryAfter = null, string? body = null) : PipelineResponse
    {
        public override int Status => status;

        public override string ReasonPhrase => "";

        public override Stream? ContentStream { get; set; }

        public override BinaryData Content => body is null ? BinaryData.Empty : BinaryData.FromString(body);

        protected override PipelineResponseHeaders HeadersCore => new Headers(retryAfter);

        public override BinaryData BufferContent(CancellationToken cancellationToken = default) => Content;

        public override ValueTask<BinaryData> BufferContentAsync(CancellationToken cancellationToken = default) => new(Content);

        public override void Dispose()
        {
        }
    }

    private sealed class Headers(string? retryAfter) : PipelineResponseHeaders
    {
        public override bool TryGetValue(string name, out string? value) => (value = name == "Retry-After" ? retryAfter : null) is not null;

        public override bool TryGetValues(string name, out IEnumerable<string>? values)
        {
            values = TryGetValue(name, out var value) ? [value!] : null;
            return values is not null;
        }

        public override IEnumerator<KeyValuePair<string, string>> GetEnumerator()
        {
            if (retryAfter is not null) yield return new("Retry-After", retryAfter);
        }
    }
}
