using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Parley.AspNetCore.Observability;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Server;

public class ShutdownTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_stops_acknowledges_what_it_took_and_tells_its_clients_to_come_back()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ParleyServer.StartAsync(folder.Path);
        var (client, id) = await SocketClient.StartAsync(server);
        await using var _ = client;
        for (var i = 1; i <= 50; i++) await client.SayAsync(new TextChunk(i, i, i + 1, $"word {i}", i % 2 == 0 ? "ana" : "ben"));
        await client.HearAsync<ChunkAckPayload>();
        var hearing = client.HearAllAsync();
        await server.StopAsync();
        await hearing;
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, client.CloseStatus);
        var goodbye = Assert.IsType<ErrorPayload>(client.Heard[^1].Payload);
        Assert.Equal((ErrorCodes.GoingAway, false, client.Heard[^1].EventId), (goodbye.Code, goodbye.Recoverable, goodbye.Details!.Value.GetProperty("last_event_id").GetInt64()));
        SocketTests.AssertNumbered(client.Heard);

        // Everything that was acknowledged is there once; the rest is sent again.
        await server.StartAsync();
        var acknowledged = client.Heard.Select(envelope => envelope.Payload).OfType<ChunkAckPayload>().Max(ack => ack.Sequence);
        await using var again = await SocketClient.ConnectAsync(server);
        await again.SayAsync(new ResumeSession(id, client.Heard[^1].EventId));
        var expected = Assert.IsType<SessionResumedPayload>((await again.HearAsync())!.Payload).Expected[""];
        Assert.True(expected > acknowledged, $"{expected} after {acknowledged}");
        for (var i = (int)acknowledged + 1; i <= 50; i++) await again.SayAsync(new TextChunk(i, i, i + 1, $"word {i}", i % 2 == 0 ? "ana" : "ben"));
        await again.SayAsync(new EndSession());
        await again.HearAsync<SessionEndedPayload>();
        var finals = client.Heard.Concat(again.Heard).Select(envelope => envelope.Payload).OfType<FinalizedPayload>();
        Assert.Equal(Enumerable.Range(1, 50).Select(i => $"word {i}"), finals.Select(final => final.Segment.Text));
        SocketTests.AssertNumbered(again.Heard, after: client.Heard[^1].EventId);
    }

    [Fact]
    public async Task Event_streams_end_too_and_say_where_to_go_on()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ParleyServer.StartAsync(folder.Path);
        var id = await HttpTests.OpenAsync(server);
        await using var events = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel);
        while (events.Current.EventType != "SESSION_STARTED") Assert.True(await events.MoveNextAsync());
        var stopping = server.StopAsync();
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("ERROR", events.Current.EventType);
        Assert.Contains(ErrorCodes.GoingAway, events.Current.Data, StringComparison.Ordinal);
        Assert.False(await events.MoveNextAsync());
        await stopping;

        await server.StartAsync();
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
        var rest = await HttpTests.EventsAsync(server, id, after: 1).Where(item => item.EventId is not null).ToListAsync(Cancel);
        Assert.Equal(("2", "SESSION_ENDED"), (rest[0].EventId, rest[^1].EventType));
    }

    [Fact]
    public async Task Open_conversations_go_on_after_a_restart_and_idle_ones_stay_out_of_memory()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ParleyServer.StartAsync(folder.Path);
        for (var i = 0; i < 20; i++) await HttpTests.OpenAsync(server);
        var talking = await HttpTests.OpenAsync(server);
        await HttpTests.PostAsync(server, $"/v1/streams/{talking}/chunks", """{"sequence":1,"start":0,"end":1,"text":"what does it"}""");
        await server.RestartAsync();

        // Silence ends what was being said when the server stopped.
        await using var events = HttpTests.EventsAsync(server, talking).GetAsyncEnumerator(Cancel);
        while (events.Current.EventType != "FINALIZED") Assert.True(await events.MoveNextAsync());
        // While they are brought back, a few of them are in memory at once.
        await server.Services.GetRequiredService<Readiness>().WhenResumed.WaitAsync(Cancel);
        Assert.True(server.Directory.Count <= 1, $"{server.Directory.Count} conversations are in memory");
    }
}
