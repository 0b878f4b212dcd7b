using Parley.Protocol;

namespace Parley.IntegrationTests.Server;

public class SlowViewerTests
{
    // A kilobyte of talk, so that a viewer that does not read is soon behind.
    private static readonly string Talk = string.Join(' ', Enumerable.Repeat("and so on", 110));

    [Fact]
    public async Task A_slow_viewer_loses_partials_first_is_then_closed_and_comes_back_for_the_rest()
    {
        await using var server = await ParleyServer.StartAsync(configure: SmallBuffers.Configure, settings: ("ViewerCapacity", "50"));
        var (sender, id) = await SocketClient.StartAsync(server);
        await using var _ = sender;
        await using var slow = await ViewAsync(server, id);

        // One segment that grows: nothing but partials.
        for (var sequence = 1; sequence <= 100; sequence++) await SendAsync(sender, sequence, "ana");
        Assert.True(server.Directory.Feed.PartialsDropped > 0);

        // Everybody a word: every chunk makes another's segment final.
        for (var sequence = 101; sequence <= 180; sequence++) await SendAsync(sender, sequence, sequence % 2 == 0 ? "ben" : "cleo");
        await slow.HearAllAsync();
        var told = Assert.IsType<ErrorPayload>(slow.Heard[^1].Payload);
        var last = slow.Heard[^1].EventId;
        Assert.Equal((ErrorCodes.TooSlow, last), (told.Code, told.Details!.Value.GetProperty("last_event_id").GetInt64()));
        Assert.True(slow.Heard.Count(envelope => envelope.Payload is PartialPayload) < sender.Heard.Count(envelope => envelope.Payload is PartialPayload));

        await using var again = await SocketClient.ConnectAsync(server);
        await again.SayAsync(new ResumeSession(id, last));
        await sender.SayAsync(new EndSession());
        await sender.HearAsync<SessionEndedPayload>();
        await again.HearAsync<SessionEndedPayload>();
        SocketTests.AssertNumbered(slow.Heard);
        SocketTests.AssertNumbered(again.Heard, after: last);
        Assert.Equal(Finals(sender), [.. Finals(slow), .. Finals(again)]);
    }

    [Fact]
    public async Task A_viewer_that_never_reads_is_cut_off_and_nobody_waits_for_it()
    {
        await using var server = await ParleyServer.StartAsync(configure: SmallBuffers.Configure, settings: ("SendTimeoutSec", "3"));
        using var connections = new InstrumentSum(server, "parley.connections");
        var (sender, id) = await SocketClient.StartAsync(server);
        await using var _ = sender;
        await using var stuck = await ViewAsync(server, id);

        // Each is acknowledged, although the other reads nothing.
        for (var sequence = 1; sequence <= 100; sequence++) await SendAsync(sender, sequence, sequence % 2 == 0 ? "ben" : "cleo");
        await connections.BecomesAsync(1);
        await sender.SayAsync(new EndSession());
        await sender.HearAsync<SessionEndedPayload>();
        SocketTests.AssertNumbered(sender.Heard);
        Assert.Equal(100, sender.Heard.Count(envelope => envelope.Payload is FinalizedPayload));
    }

    [Fact]
    public async Task Viewers_of_a_stream_that_is_erased_are_told_and_find_nothing_any_more()
    {
        await using var server = await ParleyServer.StartAsync();
        var (sender, id) = await SocketClient.StartAsync(server);
        await using var _ = sender;
        await using var viewer = await ViewAsync(server, id);
        await SendAsync(sender, 1, "ana");
        using (var erased = await server.Http.DeleteAsync($"/v1/streams/{id}", TestContext.Current.CancellationToken)) Assert.True(erased.IsSuccessStatusCode);

        foreach (var client in new[] { sender, viewer })
        {
            await client.HearAllAsync();
            Assert.Equal(ErrorCodes.StreamErased, Assert.IsType<ErrorPayload>(client.Heard[^1].Payload).Code);
        }

        Assert.Equal(0, server.Directory.Feed.Viewers);
        await using var late = await SocketClient.ConnectAsync(server);
        await late.SayAsync(new ResumeSession(id, 0));
        await late.HearAllAsync();
        Assert.Equal(ErrorCodes.StreamErased, Assert.IsType<ErrorPayload>(late.Heard.Single().Payload).Code);
    }

    private static async Task<SocketClient> ViewAsync(ParleyServer server, string id)
    {
        var viewer = await SocketClient.ConnectAsync(server, over: SmallBuffers.Invoker());
        await viewer.SayAsync(new ResumeSession(id, 0));
        await viewer.HearAsync<SessionStartedPayload>();
        return viewer;
    }

    private static async Task SendAsync(SocketClient sender, long sequence, string speaker)
    {
        await sender.SayAsync(new TextChunk(sequence, (sequence - 1) * 0.5, sequence * 0.5, Talk, speaker));
        await sender.HearAsync(envelope => envelope.Payload is ChunkAckPayload ack && ack.Sequence == sequence);
    }

    private static IEnumerable<string?> Finals(SocketClient client) =>
        client.Heard.Where(envelope => envelope.Payload is FinalizedPayload).Select(final => final.SegmentId);
}
