using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.IntegrationTests.Security;
using Parley.IntegrationTests.Server;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Limits;

public sealed class ServerLimitTests
{
    [Fact]
    public async Task Open_streams_are_counted_across_a_restart_until_they_end()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StartAsync(folder.Path, ("Limits:StreamsPerClient", "2"));
        var first = await OpenAsync(server, TestKeys.North);
        var second = await OpenAsync(server, TestKeys.North);
        await RefusedAsync(server, TestKeys.North);
        Assert.NotEqual("", await OpenAsync(server, TestKeys.South));

        // A repeat is no new stream.
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(server, TestKeys.North, "/v1/streams", $$"""{"stream_id":"{{first}}"}""")).StatusCode);
        await server.RestartAsync();
        await RefusedAsync(server, TestKeys.North);
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(server, TestKeys.North, $"/v1/streams/{second}/end", null)).StatusCode);
        Assert.NotEqual("", await OpenAsync(server, TestKeys.North));
        await RefusedAsync(server, TestKeys.North);
    }

    [Fact]
    public async Task A_socket_is_refused_a_stream_too_many_and_stays()
    {
        await using var server = await StartAsync(null, ("Limits:StreamsPerClient", "1"));
        await OpenAsync(server, TestKeys.North);
        await using var client = await SocketClient.ConnectAsync(server, TestKeys.North);
        await client.SayAsync(new StartSession(new SessionSettings()));
        var error = (ErrorPayload)(await client.HearAsync<ErrorPayload>()).Payload;
        Assert.Equal((ErrorCodes.RateLimited, true, 30), (error.Code, error.Recoverable, error.Details!.Value.GetProperty("retry_after_sec").GetInt32()));
        await client.SayAsync(new Ping(1));
        await client.HearAsync<PongPayload>();
    }

    [Fact]
    public async Task Settings_that_are_refused_take_no_place()
    {
        await using var server = await StartAsync(null, ("Limits:StreamsPerClient", "1"));
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(server, TestKeys.North, "/v1/streams", """{"max_segment_sec":-1}""")).StatusCode);
        Assert.NotEqual("", await OpenAsync(server, TestKeys.North));
    }

    [Fact]
    public async Task A_request_with_more_chunks_than_may_come_now_says_how_many_were_taken_and_when_to_go_on()
    {
        var clock = new FakeTimeProvider();
        await using var server = await StartAsync(null, clock, ("Limits:ChunksPerSec", "50"), ("Limits:ChunkBurst", "20"));
        var id = await OpenAsync(server, TestKeys.North);
        var answer = await SendAsync(server, TestKeys.North, $"/v1/streams/{id}/chunks", Chunks(1, 30));
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("1", answer.Headers.GetValues("Retry-After").Single());
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal((ErrorCodes.RateLimited, 20, 20), ((string)problem["code"]!, (int)problem["accepted"]!, (int)problem["last_sequence"]!));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(server, TestKeys.North, $"/v1/streams/{id}/chunks", Chunks(21, 30))).StatusCode);
    }

    [Fact]
    public async Task A_socket_that_sends_too_fast_is_read_more_slowly_and_loses_nothing()
    {
        var clock = new WatchedTime();
        await using var server = await StartAsync(null, clock, ("Limits:ChunksPerSec", "50"), ("Limits:ChunkBurst", "20"));
        await using var client = await SocketClient.ConnectAsync(server, TestKeys.North);
        await client.SayAsync(new StartSession(new SessionSettings()));
        for (var i = 1; i <= 21; i++) await client.SayAsync(new TextChunk(i, i, i + 1, $"word {i}", "ana"));
        await client.HearAsync(heard => heard.Payload is ChunkAckPayload { Sequence: 20 });
        await clock.WaitForTimerAsync(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(client.Heard, heard => heard.Payload is ChunkAckPayload { Sequence: > 20 });
        clock.Advance(TimeSpan.FromMilliseconds(20));
        await client.HearAsync(heard => heard.Payload is ChunkAckPayload { Sequence: 21 });
    }

    [Fact]
    public async Task A_connection_too_many_is_refused()
    {
        await using var server = await StartAsync(null, ("Limits:ConnectionsPerClient", "1"));
        await using (var first = await SocketClient.ConnectAsync(server, TestKeys.North))
        {
            await Assert.ThrowsAsync<WebSocketException>(() => SocketClient.ConnectAsync(server, TestKeys.North));
            await using var other = await SocketClient.ConnectAsync(server, TestKeys.South);

            // A stranger has a place of its own, but not as somebody who has none left.
            await using var stranger = await SocketClient.ConnectAsync(server);
            await stranger.SayAsync(new Authenticate(TestKeys.North));
            Assert.Equal(ErrorCodes.RateLimited, ((ErrorPayload)(await stranger.HearAsync<ErrorPayload>()).Payload).Code);
            await stranger.HearAllAsync();
            var id = await OpenAsync(server, TestKeys.North);
            using var events = new HttpRequestMessage(HttpMethod.Get, $"/v1/streams/{id}/events");
            events.Headers.Add("X-Api-Key", TestKeys.North);
            Assert.Equal(HttpStatusCode.TooManyRequests, (await server.Http.SendAsync(events, TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    private static Task<ParleyServer> StartAsync(string? data, params (string, string?)[] settings) => StartAsync(data, clock: null, settings);

    private static Task<ParleyServer> StartAsync(string? data, TimeProvider? clock, params (string, string?)[] settings) => ParleyServer.StartAsync(
        data,
        clock is null ? null : builder => builder.Services.AddSingleton(clock),
        [.. TestKeys.Settings.Select(setting => (setting.Key["Parley:".Length..], setting.Value)), .. settings]);

    private static string Chunks(int from, int to) => string.Join('\n', Enumerable.Range(from, to - from + 1)
        .Select(i => $$"""{"sequence":{{i}},"start":{{i}},"end":{{i + 1}},"text":"word","speaker_id":"ana"}"""));

    private static async Task<string> OpenAsync(ParleyServer server, string key)
    {
        var answer = await SendAsync(server, key, "/v1/streams", "{}");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["stream_id"]!;
    }

    private static async Task RefusedAsync(ParleyServer server, string key)
    {
        var answer = await SendAsync(server, key, "/v1/streams", "{}");
        Assert.Equal((HttpStatusCode.TooManyRequests, "30"), (answer.StatusCode, answer.Headers.GetValues("Retry-After").Single()));
    }

    private static async Task<HttpResponseMessage> SendAsync(ParleyServer server, string key, string path, string? body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("X-Api-Key", key);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, path.EndsWith("/chunks", StringComparison.Ordinal) ? "application/jsonl" : "application/json");
        return await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
