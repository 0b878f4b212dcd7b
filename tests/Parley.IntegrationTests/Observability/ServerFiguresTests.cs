using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.IntegrationTests.Server;
using Parley.IntegrationTests.Work;
using Parley.Protocol;
using Parley.Work;

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
    public async Task Streams_that_have_not_ended_are_open_as_in_the_list()
    {
        await using var server = await ParleyServer.StartAsync();
        string[] ids = [await HttpTests.OpenAsync(server), await HttpTests.OpenAsync(server), await HttpTests.OpenAsync(server)];
        await HttpTests.PostAsync(server, $"/v1/streams/{ids[0]}/end", "");
        await HttpTests.EventsAsync(server, ids[0]).CountAsync(TestContext.Current.CancellationToken);
        var live = (await ReadingTests.JsonAsync(server, "/v1/streams?state=live"))["streams"]!.AsArray();
        Assert.Equal(2, live.Count);
        Assert.Equal(2, Value(await ScrapeAsync(server), "parley_streams_open"));
    }

    [Fact]
    public async Task What_is_dropped_is_the_same_number_in_the_events_the_stream_and_the_metrics()
    {
        await using var server = await ParleyServer.StartAsync(
            configure: builder => builder.Services.AddKeyedSingleton<IWorkflowHandler>("question", new HangingHandler()),
            settings: [("Work:Capacity", "2"), ("Work:Question:Workers", "1"), ("ShutdownSec", "0")]);
        var id = await ViewerTests.OpenAsync(server);
        await using var events = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", string.Join('\n', Enumerable.Range(1, 7).Select(i => new JsonObject
        {
            ["sequence"] = i,
            ["start"] = i * 4,
            ["end"] = (i * 4) + 1,
            ["text"] = $"what does plan number {i} cost",
            ["speaker_id"] = i % 2 == 0 ? "ana" : "ben",
        }.ToJsonString())));

        // Six are final: one is worked on, two wait.
        for (var dropped = 0; dropped < 3; dropped++) await ViewerTests.UntilAsync(events, "WORKFLOW_DROPPED");
        var stream = await ReadingTests.JsonAsync(server, $"/v1/streams/{id}");
        Assert.Equal((6, 3, 3), ((int)stream["stats"]!["work_routed"]!, (int)stream["stats"]!["work_dropped"]!, (int)stream["open_work"]!));
        var figures = await ScrapeAsync(server);
        Assert.Equal(3, Value(figures, "parley_work_dropped_total{parley_reason=\"queue_full\",parley_workflow=\"question\"}"));
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
