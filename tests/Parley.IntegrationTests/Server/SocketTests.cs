using Parley.Protocol;

namespace Parley.IntegrationTests.Server;

public class SocketTests
{
    [Fact]
    public async Task A_conversation_goes_in_and_comes_out()
    {
        await using var server = await ParleyServer.StartAsync();
        var (client, id) = await SocketClient.StartAsync(server);
        await using var _ = client;
        await client.SayAsync(new TextChunk(1, 0.4, 1.1, "good morning", "ana"));
        Assert.Equal("good morning", ((PartialPayload)(await client.HearAsync<PartialPayload>()).Payload).Segment.Text);
        await client.SayAsync(new TextChunk(2, 1.2, 2.0, "what does the ferry cost", "ben"));
        await client.HearAsync(envelope => envelope.Payload is ChunkAckPayload { Sequence: 2 });
        await client.SayAsync(new EndSession());
        var ended = (SessionEndedPayload)(await client.HearAsync<SessionEndedPayload>()).Payload;
        Assert.Equal((2, 2), (ended.Stats.ChunksReceived, ended.Stats.SegmentsFinalized));
        await client.CloseAsync();

        Assert.All(client.Heard, envelope => Assert.Equal(id, envelope.StreamId));
        Assert.Equal(
            ["good morning", "what does the ferry cost"],
            client.Heard.Select(envelope => envelope.Payload).OfType<FinalizedPayload>().Select(final => final.Segment.Text));
        AssertNumbered(client.Heard);
    }

    [Fact]
    public async Task Whoever_comes_back_gets_what_it_missed_and_goes_on()
    {
        await using var server = await ParleyServer.StartAsync();
        var (first, id) = await SocketClient.StartAsync(server);
        await first.SayAsync(new TextChunk(1, 0, 1, "one", "ana"));
        await first.HearAsync<ChunkAckPayload>();
        var last = first.Heard[^1].EventId;
        first.Vanish();

        await using var second = await SocketClient.ConnectAsync(server);
        await second.SayAsync(new ResumeSession(id, last));
        var resumed = await second.HearAsync();
        Assert.Equal(last, resumed!.EventId);
        Assert.Equal([KeyValuePair.Create("", 2L)], Assert.IsType<SessionResumedPayload>(resumed.Payload).Expected);
        await second.SayAsync(new TextChunk(1, 0, 1, "one", "ana"));
        await second.HearAsync(envelope => envelope.Payload is ChunkAckPayload { Sequence: 1 });
        await second.SayAsync(new TextChunk(2, 1, 2, "two", "ben"));
        await second.SayAsync(new EndSession());
        await second.HearAsync<SessionEndedPayload>();
        Assert.Equal(
            ["one", "two"],
            second.Heard.Select(envelope => envelope.Payload).OfType<FinalizedPayload>().Select(final => final.Segment.Text));
        AssertNumbered(second.Heard, after: last);
    }

    /// <summary>Facts in order without a gap; all else with the number of the last fact before it.</summary>
    internal static void AssertNumbered(IEnumerable<Envelope> heard, long after = 0)
    {
        foreach (var envelope in heard)
        {
            if (envelope.Payload.IsFact) after++;
            Assert.Equal(after, envelope.EventId);
        }
    }
}
