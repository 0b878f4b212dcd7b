using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.AspNetCore.Http;
using Parley.Protocol;

namespace Parley.AspNetCore.Sockets;

/// <summary>Sends on one socket: envelopes, and the close at the end. A send that takes too long throws <see cref="TimeoutException"/>.</summary>
internal sealed class SocketSender(WebSocket socket, GatheringStream? frames, TimeSpan timeout, TimeProvider clock)
{
    private readonly ArrayBufferWriter<byte> _envelope = new(256);
    private Utf8JsonWriter? _json;

    /// <summary>The stream that envelopes are about; empty before there is one.</summary>
    public string StreamId { get; set; } = "";

    /// <summary>The last fact that went out here: what is no fact carries its number.</summary>
    public long LastEventId { get; set; }

    /// <summary>Whether the socket has sent its close and waits for the client's.</summary>
    public bool HasClosed => socket.State == WebSocketState.CloseSent;

    /// <summary>Keeps what is sent from now on together, until it is let go.</summary>
    public void Hold() => frames?.Hold();

    /// <summary>Lets go of what was kept together.</summary>
    public ValueTask LetGoAsync() => frames is null ? default : InTimeAsync(frames.LetGoAsync());

    /// <summary>Sends what is no fact.</summary>
    public ValueTask SendAsync(ServerPayload payload)
    {
        _envelope.ResetWrittenCount();
        _json ??= new Utf8JsonWriter(_envelope, ProtocolJson.WriterOptions);
        _json.Reset();
        new Envelope { EventId = LastEventId, StreamId = StreamId, TsServer = clock.GetUtcNow().ToUnixTimeMilliseconds(), Payload = payload }
            .WriteTo(_json);
        _json.Flush();
        return SendAsync(_envelope.WrittenMemory);
    }

    /// <summary>Sends an envelope as it is stored.</summary>
    // Not cancelled, which would cost a registration each: an abort ends it.
    public ValueTask SendAsync(ReadOnlyMemory<byte> message) =>
        InTimeAsync(socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None));

    /// <summary>Says why the connection ends, and closes the server's side of it.</summary>
    public async ValueTask CloseAsync(Closing closing)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        frames?.Release();
        if (closing.Code is { } code)
        {
            var details = ErrorDetails.Of(new JsonObject { ["last_event_id"] = LastEventId });
            await SendAsync(new ErrorPayload(code, closing.Message, Recoverable: false, details));
        }

        await InTimeAsync(new ValueTask(socket.CloseOutputAsync(closing.Status, closing.Reason, CancellationToken.None)));
    }

    private ValueTask InTimeAsync(ValueTask sending) =>
        sending.IsCompletedSuccessfully ? default : new ValueTask(sending.AsTask().WaitAsync(timeout, clock));
}
