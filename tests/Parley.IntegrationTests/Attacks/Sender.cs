using Parley.IntegrationTests.Server;
using Parley.Protocol;

namespace Parley.IntegrationTests.Attacks;

/// <summary>One of the senders of a stream, which has a source of its own and remembers what was acknowledged.</summary>
internal sealed class Sender(string streamId, string source) : IAsyncDisposable
{
    private SocketClient? _client;
    private Task _hearing = Task.CompletedTask;
    private long _acknowledged;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string StreamId => streamId;

    public string Source => source;

    /// <summary>The last number that was acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>What it says under a number.</summary>
    public string Text(long number) => $"{source} {number}";

    /// <summary>Connects, begins the stream or joins it, and hears acknowledgements until the server is gone.</summary>
    /// <param name="server">The address.</param>
    /// <param name="acknowledged">Told how many numbers an acknowledgement stands for.</param>
    public async Task StartAsync(Uri server, Action<long> acknowledged)
    {
        _client = await SocketClient.ConnectAsync(server);
        await _client.SayAsync(new StartSession(new SessionSettings(), streamId));
        await _client.HearAsync<SessionStartedPayload>();
        _hearing = HearAsync(_client, acknowledged);
    }

    /// <summary>Comes back after the server was gone, and returns the number that it expects.</summary>
    public async Task<long> ResumeAsync(Uri server)
    {
        await _hearing;
        _client!.Vanish();
        _client = await SocketClient.ConnectAsync(server);
        await _client.SayAsync(new ResumeSession(streamId, 0));
        var resumed = (SessionResumedPayload)(await _client.HearAsync<SessionResumedPayload>()).Payload;
        return resumed.Expected.GetValueOrDefault(source, 1);
    }

    public Task SayAsync(long number) =>
        _client!.SayAsync(new TextChunk((int)number, number, number + 0.5, Text(number), source, source));

    /// <summary>Waits until a number is acknowledged.</summary>
    public Task HearAsync(long number) => _client!.HearAsync(
        envelope => envelope.Payload is ChunkAckPayload ack && ack.Source == source && ack.Sequence >= number);

    public async ValueTask DisposeAsync()
    {
        if (_client is not null) await _client.DisposeAsync();
    }

    private async Task HearAsync(SocketClient client, Action<long> acknowledged)
    {
        try
        {
            while (await client.HearAsync() is { } heard)
            {
                if (heard.Payload is not ChunkAckPayload ack || ack.Source != source) continue;
                acknowledged(ack.Sequence - Interlocked.Exchange(ref _acknowledged, ack.Sequence));
            }
        }
        catch (Exception gone) when (gone is System.Net.WebSockets.WebSocketException or IOException && !Cancel.IsCancellationRequested)
        {
            return;
        }
    }
}
