using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Text;
using Parley.IntegrationTests.Server;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Attacks;

/// <summary>A server that is killed while many people talk: what it acknowledged is there once it runs again, and nothing is there twice.</summary>
public sealed class KilledServerTests : IDisposable
{
    private const int Streams = 50;
    private const int Numbers = 40;

    private readonly TemporaryFolder _data = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData(200)]
    [InlineData(1_500)]
    public async Task Fifty_streams_with_two_senders_each_lose_nothing_that_was_acknowledged(int killAt)
    {
        Sender[] senders = [.. Enumerable.Range(0, Streams).SelectMany(number =>
        {
            var stream = StreamId.From(Guid.NewGuid());
            return new[] { new Sender(stream, "phone"), new Sender(stream, "room") };
        })];
        try
        {
            await TalkAndKillAsync(senders, killAt);
            await using var server = await StartAsync();
            await Task.WhenAll(senders.Select(sender => GoOnAsync(sender, server)));
            foreach (var stream in senders.GroupBy(sender => sender.StreamId)) await AssertWholeAsync(server, stream.Key, [.. stream]);
        }
        finally
        {
            foreach (var sender in senders) await sender.DisposeAsync();
        }
    }

    private Task<ServeProcess> StartAsync() => ServeProcess.StartAsync(settings: [("Data", _data.Path)]);

    private async Task TalkAndKillAsync(Sender[] senders, int killAt)
    {
        await using var server = await StartAsync();
        var (acknowledged, enough) = (0L, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await Task.WhenAll(senders.Select(sender => sender.StartAsync(server.Socket, count =>
        {
            if (Interlocked.Add(ref acknowledged, count) >= killAt) enough.TrySetResult();
        })));
        var talking = Task.WhenAll(senders.Select(TalkAsync));
        await enough.Task.WaitAsync(Cancel);
        await server.KillAsync();
        await talking;
        Assert.Contains(senders, sender => sender.Acknowledged > 0);
    }

    private static async Task TalkAsync(Sender sender)
    {
        try
        {
            for (var number = 1; number <= Numbers; number++)
            {
                await sender.SayAsync(number);
                await Task.Yield();
            }
        }
        catch (Exception gone) when (gone is System.Net.WebSockets.WebSocketException or IOException or ObjectDisposedException)
        {
            // The server was killed, which is what this is about.
            return;
        }
    }

    private static async Task GoOnAsync(Sender sender, ServeProcess server)
    {
        var expected = await sender.ResumeAsync(server.Socket);
        Assert.True(expected > sender.Acknowledged, $"{expected} is expected, and {sender.Acknowledged} was acknowledged.");
        for (var number = expected; number <= Numbers; number++) await sender.SayAsync(number);
        if (expected <= Numbers) await sender.HearAsync(Numbers);
    }

    private static async Task AssertWholeAsync(ServeProcess server, string stream, Sender[] senders)
    {
        using var ended = await server.Http.PostAsync($"/v1/streams/{stream}/end", null, Cancel);
        ended.EnsureSuccessStatusCode();
        var said = new ConcurrentBag<string>();
        await using var body = await server.Http.GetStreamAsync($"/v1/streams/{stream}/events", Cancel);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(Cancel))
        {
            if (item.EventType != EventTypes.Finalized) continue;
            var final = (FinalizedPayload)Envelope.Parse(Encoding.UTF8.GetBytes(item.Data)).Payload;
            foreach (var words in final.Segment.Text.Split(' ').Chunk(2)) said.Add(string.Join(' ', words));
        }

        var expected = senders.SelectMany(sender => Enumerable.Range(1, Numbers).Select(number => sender.Text(number)));
        Assert.Equal(expected.Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
    }
}
