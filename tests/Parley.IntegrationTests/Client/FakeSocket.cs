using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Parley.Protocol;

namespace Parley.IntegrationTests.Client;

/// <summary>One connection to the fake server, in the hands of a test.</summary>
internal sealed class FakeSocket(WebSocket socket, HttpContext context)
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _buffer = new byte[1024 * 1024];

    /// <summary>Completes when the test is done with it.</summary>
    public Task Over => _over.Task;

    public string StreamId { get; private set; } = "";

    /// <summary>The next message of the client; null when it has closed the connection.</summary>
    public async Task<ClientMessage?> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            length += received.Count;
            if (!received.EndOfMessage) continue;
            var message = ClientMessage.Parse(_buffer.AsMemory(0, length).ToArray());
            if (message is StartSession { StreamId: { } started }) StreamId = started;
            if (message is ResumeSession resume) StreamId = resume.StreamId;
            return message;
        }
    }

    public async Task<T> ReceiveAsync<T>() where T : ClientMessage => Assert.IsType<T>(await ReceiveAsync());

    /// <summary>The numbers of the next chunks.</summary>
    public async Task<IEnumerable<long>> ReceiveSequencesAsync(int count)
    {
        var sequences = new List<long>();
        for (var i = 0; i < count; i++) sequences.Add((await ReceiveAsync<TextChunk>()).Sequence);
        return sequences;
    }

    /// <summary>Takes a start and confirms it.</summary>
    public async Task<StartSession> StartAsync()
    {
        var start = await ReceiveAsync<StartSession>();
        await SayAsync(new SessionStartedPayload(StreamId), 1);
        return start;
    }

    /// <summary>Takes a resume and confirms it.</summary>
    public async Task<ResumeSession> ResumeAsync(params (string Source, long Next)[] expected)
    {
        var resume = await ReceiveAsync<ResumeSession>();
        await SayAsync(new SessionResumedPayload(resume.LastEventId, expected.ToDictionary(source => source.Source, source => source.Next)));
        return resume;
    }

    public Task SayAsync(ServerPayload payload, long eventId = 0, string? segmentId = null) =>
        SayAsync(new Envelope { EventId = eventId, StreamId = StreamId, TsServer = 0, SegmentId = segmentId, Payload = payload }.ToUtf8());

    public Task SayAsync(string text) => SayAsync(Encoding.UTF8.GetBytes(text));

    public Task SayAsync(byte[] utf8) => socket.SendAsync(utf8, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public Task AckAsync(long sequence, string? source = null) => SayAsync(new ChunkAckPayload(sequence, source));

    public Task RefuseAsync(string code, string? details = null, bool recoverable = true) =>
        SayAsync(new ErrorPayload(code, $"refused with {code}", recoverable, details is null ? null : JsonDocument.Parse(details).RootElement));

    public async Task CloseAsync(WebSocketCloseStatus status, string? why = null)
    {
        await socket.CloseOutputAsync(status, why, CancellationToken.None);
        // The client hears it before the transport goes.
        while (socket.State == WebSocketState.CloseSent && await ReceiveAsync() is not null)
        {
        }

        _over.TrySetResult();
    }

    /// <summary>Cuts the connection.</summary>
    public void Drop()
    {
        context.Abort();
        _over.TrySetResult();
    }
}
