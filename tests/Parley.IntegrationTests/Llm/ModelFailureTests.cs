using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Parley.OpenAI;
using Parley.Protocol;
using Parley.Work;

namespace Parley.IntegrationTests.Llm;

public class ModelFailureTests
{
    private const string Question = "what does the ferry cost";

    // With this delay a test that passes has not waited by its own counsel.
    private static readonly WorkflowOptions Patient = ModelEngine.AtOnce with { RetryDelay = TimeSpan.FromHours(1), MaxRetryDelay = TimeSpan.FromHours(1) };

    [Fact]
    public async Task A_server_that_has_enough_is_asked_again_when_it_says()
    {
        var replies = new Queue<Reply>([Replies.Status(429, "0.2"), Replies.Answer("Nine euros.")]);
        await using var server = await ModelServer.StartAsync(_ => replies.Dequeue());
        await using var engine = new ModelEngine(server, Patient);
        var result = Assert.Single((await engine.HoldAsync(Question)).Select(fact => fact.Payload).OfType<WorkflowResultPayload>());
        Assert.Equal("Nine euros.", result.Text);
        // Timers count in ticks of the system, which are some milliseconds long.
        var waited = Stopwatch.GetElapsedTime(server.Requests[0].At, server.Requests[1].At);
        Assert.InRange(waited, TimeSpan.FromSeconds(0.2) - TimeSpan.FromMilliseconds(20), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task A_server_is_asked_again_when_it_says_through_a_client_that_is_not_ours()
    {
        var replies = new Queue<Reply>([Replies.Status(429, "0.2"), Replies.Answer("Nine euros.")]);
        await using var server = await ModelServer.StartAsync(_ => replies.Dequeue());
        var options = new OpenAIClientOptions { Endpoint = server.Endpoint, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) };
        using var client = new ChatClient("m", new ApiKeyCredential("key"), options).AsIChatClient();
        await using var engine = new ModelEngine(server, Patient, client: client);
        var result = Assert.Single((await engine.HoldAsync(Question)).Select(fact => fact.Payload).OfType<WorkflowResultPayload>());
        Assert.Equal("Nine euros.", result.Text);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(429, "rate_limited", 2)]
    [InlineData(500, "server_error", 2)]
    [InlineData(503, "server_error", 2)]
    [InlineData(408, "server_error", 2)]
    [InlineData(400, "bad_request", 1)]
    [InlineData(401, "not_authorized", 1)]
    [InlineData(404, "not_found", 1)]
    public async Task A_refusal_that_stays_is_a_dead_letter_after_the_attempts_that_make_sense(int status, string reason, int attempts)
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Status(status));
        await ExpectFailureAsync(server, reason, attempts);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("NaN")]
    [InlineData("-Infinity")]
    [InlineData("-5")]
    public async Task A_wait_that_is_none_is_not_heeded(string retryAfter)
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Status(429, retryAfter));
        await ExpectFailureAsync(server, "rate_limited", 2);
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_tried_again_and_half_an_answer_is_none()
    {
        var replies = new Queue<Reply>([Replies.Cut("Nine"), Replies.Cut("Nine eu"), Replies.Answer("Nine euros.")]);
        await using var server = await ModelServer.StartAsync(_ => replies.Dequeue());
        await using var engine = new ModelEngine(server, ModelEngine.AtOnce with { MaxAttempts = 3 });
        Assert.Equal("Nine euros.", Assert.Single((await engine.HoldAsync(Question)).Select(fact => fact.Payload).OfType<WorkflowResultPayload>()).Text);
    }

    [Fact]
    public async Task A_connection_that_is_cut_each_time_is_a_dead_letter()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Cut("Nine"));
        await ExpectFailureAsync(server, "connection", 2);
    }

    [Fact]
    public async Task A_stream_that_falls_silent_is_given_up_in_time()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Silence("Nine"));
        await ExpectFailureAsync(server, "timeout", 2, ModelEngine.AtOnce with { Timeout = TimeSpan.FromMilliseconds(300) });
    }

    [Fact]
    public async Task A_stream_that_drips_on_without_a_word_is_given_up_in_time()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Drip());
        await ExpectFailureAsync(server, "timeout", 2, ModelEngine.AtOnce with { Timeout = TimeSpan.FromMilliseconds(300) });
    }

    [Theory]
    [InlineData(400, 2)]
    [InlineData(503, 2)]
    public async Task An_error_that_falls_silent_after_its_headers_is_given_up_in_time(int status, int attempts)
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.SilentError(status));
        await ExpectFailureAsync(server, "timeout", attempts, ModelEngine.AtOnce with { Timeout = TimeSpan.FromMilliseconds(300) });
    }

    [Theory]
    [InlineData(400, "bad_request", 1)]
    [InlineData(503, "server_error", 2)]
    public async Task An_error_without_an_end_is_not_read_to_its_end(int status, string reason, int attempts)
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.EndlessError(status));
        await ExpectFailureAsync(server, reason, attempts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_has_time_outs_of_its_own(bool isFirstPiece)
    {
        var late = TimeSpan.FromMilliseconds(300);
        var asked = isFirstPiece ? new ModelCallOptions { FirstPieceTimeout = late } : new ModelCallOptions { Timeout = late };
        await using var server = await ModelServer.StartAsync(_ => isFirstPiece ? Replies.Drip() : Replies.Silence("Nine"));
        await using var engine = new ModelEngine(server, asked: asked);
        await engine.HoldAsync(Question);
        Assert.Equal(("timeout", 2), Assert.Single(await engine.DeadLettersAsync()) is var letter ? (letter.Reason, letter.Attempts) : default);
    }

    [Fact]
    public async Task What_is_fixed_is_not_found_out()
    {
        const string Refused = """{"error":{"message":"Unsupported parameter: 'max_tokens'","param":"max_tokens"}}""";
        await using var server = await ModelServer.StartAsync(_ => Habits.Wire.Json(400, Refused));
        var profile = new EndpointProfile { TokenLimit = TokenLimitField.MaxTokens };
        using var client = new OpenAIChatClient(server.Endpoint, "m", profile: profile);
        await using var engine = new ModelEngine(server, client: client);
        await engine.HoldAsync(Question);
        Assert.Equal("bad_request", Assert.Single(await engine.DeadLettersAsync()).Reason);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_address_keeps_its_query_and_one_with_an_api_version_has_the_key_in_a_header_of_its_own()
    {
        var seen = "";
        await using var server = await ModelServer.StartAsync(_ => async context =>
        {
            seen = $"{context.Request.Path}{context.Request.QueryString} {context.Request.Headers["api-key"]}";
            await Replies.Answer("Nine euros.")(context);
        });
        using var client = new OpenAIChatClient(new Uri($"{server.Endpoint}/?api-version=2024-10-21"), "m", "secret");
        var answer = await client.GetResponseAsync("hello", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(("Nine euros.", "/v1/chat/completions?api-version=2024-10-21 secret"), (answer.Text, seen));
    }

    [Theory]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"Nine\"}}]}\n\n", false)]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"Nine\"}}]}\n\ndata: [DONE]\n\n", true)]
    public async Task A_body_whose_end_cannot_be_told_from_a_cut_connection_is_whole_only_if_the_server_says_so(string body, bool isWhole)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new OpenAIChatClient(new Uri($"http://{listener.LocalEndpoint}/v1"), "m");
        var asked = client.GetResponseAsync("hello", cancellationToken: cancel);
        using (var connection = await listener.AcceptTcpClientAsync(cancel))
        {
            // The whole request is read, so that closing resets nothing.
            var stream = connection.GetStream();
            var request = "";
            var buffer = new byte[4096];
            while (!request.EndsWith('}')) request += Encoding.UTF8.GetString(buffer.AsSpan(0, await stream.ReadAsync(buffer, cancel)));
            var head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
            await stream.WriteAsync(Encoding.UTF8.GetBytes(head + body), cancel);
        }

        if (isWhole) Assert.Equal("Nine", (await asked).Text);
        else Assert.Equal("connection", (await Assert.ThrowsAsync<ModelUnavailableException>(() => asked)).Reason);
    }

    [Fact]
    public async Task A_server_may_say_when_as_a_date()
    {
        var clock = new FakeTimeProvider();
        await using var server = await ModelServer.StartAsync(_ => Replies.Status(503, clock.GetUtcNow().AddSeconds(90).ToString("R")));
        using var client = new OpenAIChatClient(server.Endpoint, "m", clock: clock);
        var busy = await Assert.ThrowsAsync<ModelUnavailableException>(() => client.GetResponseAsync("hello", cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(TimeSpan.FromSeconds(90), busy.RetryAfter);
    }

    [Fact]
    public async Task A_date_that_is_over_is_now()
    {
        var replies = new Queue<Reply>([Replies.Status(429, "Thu, 01 Jan 2026 00:00:00 GMT"), Replies.Answer("Nine euros.")]);
        await using var server = await ModelServer.StartAsync(_ => replies.Dequeue());
        await using var engine = new ModelEngine(server, Patient);
        Assert.Equal("Nine euros.", Assert.Single((await engine.HoldAsync(Question)).Select(fact => fact.Payload).OfType<WorkflowResultPayload>()).Text);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\ud800\"}}]}")]
    [InlineData("{\"choices\":null}")]
    [InlineData("{\"choices\":7}")]
    [InlineData("{\"choices\":[7]}")]
    [InlineData("{\"choices\":[{\"index\":0,\"delta\":7}]}")]
    public async Task A_message_that_is_malformed_is_an_invalid_answer(string data)
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Raw(data));
        await ExpectFailureAsync(server, "invalid_answer", 2);
    }

    [Fact]
    public async Task An_error_in_the_place_of_an_answer_is_the_servers()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Raw("""{"error":{"message":"no"}}"""));
        await ExpectFailureAsync(server, "server_error", 2);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"choices\":[]}")]
    public async Task A_message_without_an_answer_is_none(string data)
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Raw(data));
        await ExpectFailureAsync(server, "connection", 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public async Task An_empty_answer_is_asked_for_once_more_and_then_a_dead_letter_that_says_so(string answer)
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Answer(answer));
        await ExpectFailureAsync(server, "empty_answer", attempts: 1, calls: 2);
    }

    [Fact]
    public async Task An_answer_without_an_end_is_cut_off()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Answer([.. Enumerable.Repeat(new string('a', 1_000), 9)]));
        await ExpectFailureAsync(server, "invalid_answer", 2);
    }

    [Fact]
    public async Task Of_many_fates_at_once_none_is_lost()
    {
        string[] texts =
        [
            "what does the ferry cost", "when does the train leave", "where is the hotel", "who has the tickets", "how long is the flight",
            "i'll go and book two cabins", "we decided to take the ferry",
        ];
        await using var server = await ModelServer.StartAsync(request => request.About switch
        {
            var about when about.Contains("train", StringComparison.Ordinal) => Replies.Status(500),
            var about when about.Contains("hotel", StringComparison.Ordinal) => Replies.Cut("By"),
            var about when about.Contains("tickets", StringComparison.Ordinal) => Replies.Raw("not json"),
            var about when about.Contains("flight", StringComparison.Ordinal) => Replies.Status(429, "0.01"),
            var about when about.Contains("cabins", StringComparison.Ordinal) => Replies.Answer("""{"items": [{"segment": 1, "what": "book two cabins", "who": "ben"}]}"""),
            var about when about.Contains("decided", StringComparison.Ordinal) => Replies.Answer("no JSON at all"),
            _ => Replies.Answer("Nine euros."),
        });
        await using var engine = new ModelEngine(server);
        var told = await engine.HoldAsync(texts);
        Assert.Equal(texts.Length, engine.Work.Dispatcher.Ledger.Routed);
        Assert.Equal(["Nine euros.", "book two cabins (ben)"], told.Select(fact => fact.Payload).OfType<WorkflowResultPayload>().Select(result => result.Text).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["seg-1 server_error", "seg-2 connection", "seg-3 invalid_answer", "seg-4 rate_limited", "seg-6 invalid_answer"],
            (await engine.DeadLettersAsync()).Select(letter => $"{letter.Item.SegmentId} {letter.Reason}").Order(StringComparer.Ordinal));
    }

    private static async Task ExpectFailureAsync(ModelServer server, string reason, int attempts, WorkflowOptions? options = null, int? calls = null)
    {
        await using var engine = new ModelEngine(server, options);
        var told = await engine.HoldAsync(Question);
        var failed = Assert.Single(told.Select(fact => fact.Payload).OfType<WorkflowFailedPayload>());
        Assert.Equal((reason, attempts), (failed.Reason, failed.Attempts));
        Assert.DoesNotContain(told, fact => fact.Payload is WorkflowResultPayload);
        Assert.Equal((reason, attempts), Assert.Single(await engine.DeadLettersAsync()) is var letter ? (letter.Reason, letter.Attempts) : default);
        Assert.Equal(calls ?? attempts, server.Requests.Count);
        Assert.Equal(calls ?? attempts, engine.Model.Budget.UsageOf(ModelEngine.Stream).Calls);
    }
}
