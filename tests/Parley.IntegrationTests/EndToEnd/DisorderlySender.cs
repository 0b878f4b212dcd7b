using System.Net.WebSockets;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.IntegrationTests.EndToEnd;

/// <summary>
/// A sender of the worst kind: it says things twice, swaps them, and starts again from long ago. It goes by nothing but the server's answers, until the server
/// has acknowledged all.
/// </summary>
internal sealed class DisorderlySender(Uri socket, string streamId, IReadOnlyList<StreamChunk> chunks, string source, int seed)
{
    private readonly Random _random = new(seed);
    private readonly byte[] _buffer = new byte[256 * 1024];

    public long Gaps { get; private set; }

    public long Repeats { get; private set; }

    public async Task SendAsync(CancellationToken cancellationToken)
    {
        var next = 1L;
        while (next <= chunks.Count)
        {
            try
            {
                using var client = new ClientWebSocket();
                await client.ConnectAsync(socket, cancellationToken);
                next = await SendAsync(client, cancellationToken);
            }
            catch (WebSocketException)
            {
                // Cut, or the server is away: it comes back and asks what there is.
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
            }
        }
    }

    private async Task<long> SendAsync(ClientWebSocket client, CancellationToken cancellationToken)
    {
        await SayAsync(client, new ResumeSession(streamId, 0), cancellationToken);
        var next = 0L;
        while (next <= chunks.Count)
        {
            if (await HearAsync(client, cancellationToken) is not { } envelope) return next;
            switch (envelope.Payload)
            {
                case SessionResumedPayload resumed:
                    next = resumed.Expected.GetValueOrDefault(source, 1);
                    await BabbleAsync(client, next, cancellationToken);
                    break;
                case ChunkAckPayload ack when ack.Source == source && ack.Sequence >= next:
                    next = ack.Sequence + 1;
                    await BabbleAsync(client, next, cancellationToken);
                    break;
                case ErrorPayload { Code: ErrorCodes.SequenceGap }:
                    Gaps++;
                    break;
                case ErrorPayload error when error.Recoverable:
                    throw new InvalidOperationException($"{error.Code}: {error.Message}");
            }
        }

        return next;
    }

    // A few from where the server is, of which some are swapped, some said twice, some said long ago. The one that is due is always among them.
    private async Task BabbleAsync(ClientWebSocket client, long due, CancellationToken cancellationToken)
    {
        if (due > chunks.Count) return;
        var numbers = Enumerable.Range(0, _random.Next(1, 8)).Select(ahead => due + ahead).ToList();
        for (var i = 0; i < 3; i++)
        {
            var (one, other) = (_random.Next(numbers.Count), _random.Next(numbers.Count));
            (numbers[one], numbers[other]) = (numbers[other], numbers[one]);
            numbers.Insert(_random.Next(numbers.Count), _random.NextInt64(1, due + 1));
        }

        Repeats += numbers.Count - numbers.Distinct().Count();
        foreach (var number in numbers.Where(number => number <= chunks.Count))
        {
            var chunk = chunks[(int)number - 1];
            await SayAsync(client, new TextChunk(number, chunk.Start, chunk.End, chunk.Text, chunk.SpeakerId, source), cancellationToken);
        }
    }

    private static Task SayAsync(ClientWebSocket client, ClientMessage message, CancellationToken cancellationToken) =>
        client.SendAsync(message.ToUtf8(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    private async Task<Envelope?> HearAsync(ClientWebSocket client, CancellationToken cancellationToken)
    {
        var count = 0;
        while (true)
        {
            var received = await client.ReceiveAsync(_buffer.AsMemory(count), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            count += received.Count;
            if (received.EndOfMessage) return Envelope.Parse(_buffer.AsSpan(0, count));
        }
    }
}
