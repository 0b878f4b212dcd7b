using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Parley.AspNetCore.Http;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;

namespace Parley.AspNetCore.Sockets;

internal sealed partial class SocketConnection
{
    // After so many events it is looked whether there is something else to say.
    private const int EventsInARow = 64;

    private readonly Signal _roomForReceipts = new();
    private readonly ArrayBufferWriter<byte> _envelope = new(256);
    private Utf8JsonWriter? _json;
    private Session? _next;
    private string _streamId = "";
    private long _lastEventId;
    private Following? _following;
    private ITimer? _grace;
    private bool _isWaitingForReceipts;
    private bool _isParting;
    private bool _hasToldEnd;
    private volatile bool _isOutOfPatience;
    private volatile bool _isSilent;

    /// <summary>Has the send loop follow a stream from now on.</summary>
    private void Follow(Session session)
    {
        Volatile.Write(ref _next, session);
        _signal.Set();
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                // What there is to say goes out together, before anything is waited for.
                _frames?.Hold();
                await SendReceiptsAsync();
                await SendRepliesAsync();
                if (Volatile.Read(ref _closing) is { } closing && HasSaidAll(closing))
                {
                    await CloseAsync(closing);
                    return;
                }

                await BeginToFollowAsync();
                if (await SendEventsAsync()) continue;
                if (_frames is not null) await InTimeAsync(_frames.LetGoAsync());
                await _signal.WaitAsync();
            }
        }
        catch (TimeoutException)
        {
            // One that is too slow to be told so was counted for that.
            if (_closing != Closing.TooSlow) _access.Telemetry.ConnectionCut("websocket", "stuck");
            Abort();
        }
        catch (Exception gone) when (IsGone(gone))
        {
            Abort();
        }
        catch (Exception problem)
        {
            LogFault(problem);
            Abort();
        }
        finally
        {
            // The read loop would wait for room for ever.
            _isSilent = true;
            _replies.Close();
            _roomForReceipts.Set();
            if (_following is not null) await _following.DisposeAsync();
        }
    }

    // A server that stops waits for what it took from this client, and acknowledges it.
    private bool HasSaidAll(Closing closing)
    {
        if (closing != Closing.GoingAway || _pending.IsEmpty || _isOutOfPatience) return true;
        // What is held, as redaction does, may be held longer than a server that stops can wait.
        if (!_isWaitingForReceipts) AfterGrace(() => _isOutOfPatience = true);
        _isWaitingForReceipts = true;
        return false;
    }

    private async ValueTask SendReceiptsAsync()
    {
        string? source = null;
        long sequence = 0;
        while (_pending.TryTake(out var sent))
        {
            // One acknowledgement stands for all before it of the same source.
            if (source is not null && sent.Source != source) await AcknowledgeAsync(source, sequence);
            if (sent.Source != source) (source, sequence) = (sent.Source, 0);
            try
            {
                var receipt = await sent.Receipt;
                if (receipt.Refusal is { } refusal)
                {
                    if (sequence > 0) await AcknowledgeAsync(source, sequence);
                    sequence = 0;
                    await SendAsync(ToError(sent, refusal));
                    continue;
                }

                foreach (var problem in receipt.Problems) await TellAsync(sent, problem);
                sequence = Math.Max(sequence, sent.Sequence);
            }
            catch (StreamErasedException)
            {
                Close(Closing.Erased);
            }
            catch (EventLogUnavailableException)
            {
                Close(Closing.Storage);
            }
            catch (ChannelClosedException)
            {
                Close(Closing.PutAway);
            }
        }

        if (source is null) return;
        if (sequence > 0) await AcknowledgeAsync(source, sequence);
        _roomForReceipts.Set();
    }

    private ValueTask AcknowledgeAsync(string source, long sequence) =>
        SendAsync(new ChunkAckPayload(sequence, source.Length == 0 ? null : source));

    private static ErrorPayload ToError(PendingReceipt sent, Refusal refusal)
    {
        var details = new JsonObject { ["sequence"] = sent.Sequence, ["source"] = sent.Source };
        if (refusal.Expected is { } expected) details["expected"] = expected;
        return new ErrorPayload(refusal.Code, refusal.Message, Recoverable: true, ErrorDetails.Of(details));
    }

    // The message counts all the same; what recognisers do by themselves is not worth telling.
    private ValueTask TellAsync(PendingReceipt sent, Problem problem) => problem.IsError
        ? SendAsync(new ErrorPayload(
            ErrorCodes.InvalidMessage,
            $"Part of the message was left out: {problem.Kind}{(problem.Detail is { } detail ? $", {detail}" : "")}.",
            Recoverable: true,
            ErrorDetails.Of(new JsonObject { ["sequence"] = sent.Sequence, ["source"] = sent.Source })))
        : default;

    private async ValueTask SendRepliesAsync()
    {
        while (_replies.TryTake(out var reply)) await SendAsync(reply!);
    }

    private async ValueTask BeginToFollowAsync()
    {
        if (Interlocked.Exchange(ref _next, null) is not { } session) return;
        if (_following is not null) await _following.DisposeAsync();
        _streamId = StreamKey.IdOf(session.Key);
        _lastEventId = session.After;
        if (session.Greeting is { } greeting) await SendAsync(greeting);
        _following = new Following(_engine.Directory.Feed, session.Key, session.After, _signal);
    }

    /// <summary>Sends what viewers get; false where there is nothing more for now.</summary>
    private async ValueTask<bool> SendEventsAsync()
    {
        if (_following is not { HasEnded: false } following) return false;
        try
        {
            for (var i = 0; i < EventsInARow; i++)
            {
                if (!following.TryTake(out var record))
                {
                    if (following.HasEnded) Part();
                    return false;
                }

                if (record.Seq != 0) _lastEventId = record.EventId;
                _hasToldEnd |= record.Type == LogRecord.EndOfStream;
                await SendAsync(record.Json);
            }

            return true;
        }
        catch (SlowViewerException)
        {
            _access.Telemetry.ConnectionCut("websocket", "too_slow");
            Close(Closing.TooSlow);
        }
        catch (StreamErasedException)
        {
            Close(Closing.Erased);
        }
        catch (EventLogUnavailableException)
        {
            Close(Closing.Storage);
        }

        return true;
    }

    // The client closes when it has all; one that stays is closed after a while. Who asks for what came after the end is not told of it here, and waits for no more.
    private void Part()
    {
        if (!_hasToldEnd) Close(Closing.Ended);
        else if (!_isParting) AfterGrace(() => Close(Closing.Ended));
        _isParting = true;
    }

    private void AfterGrace(Action then)
    {
        _grace?.Dispose();
        _grace = _clock.CreateTimer(
            _ =>
            {
                then();
                _signal.Set();
            },
            null,
            CloseGrace,
            Timeout.InfiniteTimeSpan);
    }

    private async ValueTask CloseAsync(Closing closing)
    {
        if (_socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        _frames?.Release();
        if (closing.Code is { } code)
            await SendAsync(new ErrorPayload(code, closing.Message, Recoverable: false, ErrorDetails.Of(new JsonObject { ["last_event_id"] = _lastEventId })));
        await InTimeAsync(new ValueTask(_socket.CloseOutputAsync(closing.Status, closing.Reason, CancellationToken.None)));
        // The read loop goes on until the client has closed, too.
        if (_socket.State == WebSocketState.CloseSent) AfterGrace(Abort);
    }

    // What is no fact carries the id of the last fact that went out here.
    private ValueTask SendAsync(ServerPayload payload)
    {
        _envelope.ResetWrittenCount();
        _json ??= new Utf8JsonWriter(_envelope, ProtocolJson.WriterOptions);
        _json.Reset();
        new Envelope { EventId = _lastEventId, StreamId = _streamId, TsServer = _clock.GetUtcNow().ToUnixTimeMilliseconds(), Payload = payload }.WriteTo(_json);
        _json.Flush();
        return SendAsync(_envelope.WrittenMemory);
    }

    // Not cancelled, which would cost a registration each: an abort ends it.
    private ValueTask SendAsync(ReadOnlyMemory<byte> message) =>
        InTimeAsync(_socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None));

    private ValueTask InTimeAsync(ValueTask sending) =>
        sending.IsCompletedSuccessfully ? default : new ValueTask(sending.AsTask().WaitAsync(_sendTimeout, _clock));
}
