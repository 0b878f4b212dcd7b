using System.Globalization;
using Parley.IntegrationTests.Server;
using Parley.Protocol;

namespace Parley.IntegrationTests.Observability;

/// <summary>That a server at work counts what it does.</summary>
public sealed class ServerFiguresTests
{
    [Fact]
    public async Task A_conversation_is_counted_from_its_connection_to_its_work()
    {
        await using var server = await ParleyServer.StartAsync();
        await using (var client = await SocketClient.ConnectAsync(server))
        {
            await client.SayAsync(new StartSession(new SessionSettings()));
            await client.HearAsync<SessionStartedPayload>();
            Assert.True(Value(await ScrapeAsync(server), "parley_connections{parley_transport=\"websocket\"}") >= 1);
            await client.SayAsync(new TextChunk(1, 0, 1, "i will book the cabins by friday", "ana"));
            await client.SayAsync(new TextChunk(2, 1, 2, "thank you", "ben"));
            await client.SayAsync(new EndSession());
            await client.HearAllAsync();
        }

        var after = await ScrapeAsync(server);
        foreach (var metric in new[]
        {
            "parley_chunks_total{parley_outcome=\"accepted\"}", "parley_segments_total", "parley_chunk_latency_seconds_count", "parley_partial_latency_seconds_count",
            "parley_log_append_duration_seconds_count", "parley_context_segments_count", "parley_context_duration_seconds_count",
        })
            Assert.True(Value(after, metric) > 0, metric);
        Assert.Contains("parley_work_queue_depth{parley_workflow=\"action_item\"}", after, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds_count{", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_request_is_counted()
    {
        await using var server = await ParleyServer.StartAsync();
        Assert.Equal(0, Value(await ScrapeAsync(server), "parley_requests_refused_total{parley_reason=\"forbidden\"}"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/streams/x/events");
        request.Headers.Add("Origin", "https://evil.example");
        await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(1, Value(await ScrapeAsync(server), "parley_requests_refused_total{parley_reason=\"forbidden\"}"));
    }

    private static double Value(string scrape, string metric) =>
        scrape.Split('\n').FirstOrDefault(line => line.StartsWith($"{metric} ", StringComparison.Ordinal)) is { } line
            ? double.Parse(line[(metric.Length + 1)..], CultureInfo.InvariantCulture)
            : 0;

    private static Task<string> ScrapeAsync(ParleyServer server) => server.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
}
