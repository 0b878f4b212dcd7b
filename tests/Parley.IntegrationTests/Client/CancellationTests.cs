using Parley.Client;
using Parley.Protocol;

namespace Parley.IntegrationTests.Client;

/// <summary>Calls that are given up: each ends as cancelled, and nothing else changes.</summary>
public sealed class CancellationTests : IAsyncLifetime
{
    private FakeServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_start_is_given_up_while_it_connects_while_it_waits_for_the_answer_and_between_two_tries()
    {
        using var before = new CancellationTokenSource();
        await before.CancelAsync();
        await IsCancelledAsync(ParleyClient.StartAsync(_server.Address, cancellationToken: before.Token));

        using var unanswered = new CancellationTokenSource();
        var starting = ParleyClient.StartAsync(_server.Address, options: Quick.Options, cancellationToken: unanswered.Token);
        var socket = await _server.AcceptAsync();
        await socket.ReceiveAsync<StartSession>();
        await unanswered.CancelAsync();
        await IsCancelledAsync(starting);

        using var waiting = new CancellationTokenSource();
        await IsCancelledAsync(ParleyClient.StartAsync(
            new Uri("http://127.0.0.1:1"),
            options: Quick.Options with { ReconnectDelay = TimeSpan.FromHours(1), MaxReconnectDelay = TimeSpan.FromHours(1), StatusChanged = status => Cancel(status, waiting) },
            cancellationToken: waiting.Token));
    }

    [Fact]
    public async Task Sending_flushing_ending_and_reading_are_given_up_and_the_client_goes_on()
    {
        var (client, socket) = await Quick.StartAsync(_server, Quick.Options with { SendCapacity = 1 });
        await using var _1 = client;
        using var stop = new CancellationTokenSource();
        await client.SendAsync(Quick.Chunk(1), cancellationToken: stop.Token);
        await client.TakeAsync(1);
        Task[] calls =
        [
            client.SendAsync(Quick.Chunk(2), cancellationToken: stop.Token),
            client.SendMessageAsync("vosk", "{}"u8.ToArray(), cancellationToken: stop.Token),
            client.FlushAsync(stop.Token),
            client.Events.CountAsync(stop.Token).AsTask(),
        ];
        await stop.CancelAsync();
        foreach (var call in calls) await IsCancelledAsync(call);

        Assert.Equal("word1", (await socket.ReceiveAsync<TextChunk>()).Text);
        await socket.AckAsync(1);
        await client.SendAsync(Quick.Chunk(3));
        Assert.Equal((2, "word3"), await socket.ReceiveAsync<TextChunk>() is var chunk ? (chunk.Sequence, chunk.Text) : default);

        using var ended = new CancellationTokenSource();
        var ending = client.EndAsync(ended.Token);
        await ended.CancelAsync();
        await IsCancelledAsync(ending);
        await socket.AckAsync(2);
        var again = client.EndAsync();
        await socket.ReceiveAsync<EndSession>();
        await socket.SayAsync(new SessionEndedPayload(new SessionStats()), 2);
        await again;
        Assert.Equal(2, (await client.TakeAsync(1)).Single().EventId);
    }

    private static void Cancel(ConnectionStatus status, CancellationTokenSource source)
    {
        if (status.State == ConnectionState.Waiting) source.Cancel();
    }

    private static async Task IsCancelledAsync(Task call) => await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
}
