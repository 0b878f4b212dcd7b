using Microsoft.Extensions.Logging;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Telemetry;

namespace Parley.AspNetCore.Sockets;

/// <summary>
/// The loop that sends on one connection: it merges what the stream's viewers get with acknowledgements and replies, and closes when all is said.
/// </summary>
internal sealed partial class SocketOutput(
    SocketExchange exchange, SocketSender sender, ConversationDirectory directory, TimeProvider clock, ParleyTelemetry telemetry, ILogger log)
{
    // Other work is looked for after this many events.
    private const int EventsInARow = 64;

    // How long a client may take to close, once the conversation has ended or the server has closed.
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(5);

    private readonly ReceiptSender _receipts = new(exchange, sender);
    private readonly ILogger _log = log;
    private StreamSubscription? _following;
    private ITimer? _grace;
    private bool _isWaitingForReceipts;
    private bool _hasShownAll;
    private bool _isParting;
    private bool _hasToldEnd;
    private volatile bool _isOutOfPatience;

    /// <summary>Sends until the connection is closed or gone.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (!await SendAsync()) await exchange.News.WaitAsync();
        }
        catch (TimeoutException)
        {
            // A viewer that is too slow to be told so was counted for that.
            if (exchange.Closing != Closing.TooSlow) telemetry.ConnectionCut("websocket", "stuck");
            exchange.Abort();
        }
        catch (Exception gone) when (exchange.IsGone(gone))
        {
            exchange.Abort();
        }
        catch (Exception problem)
        {
            LogFault(problem);
            exchange.Abort();
        }
        finally
        {
            exchange.StopSending();
            if (_following is not null) await _following.DisposeAsync();
        }
    }

    /// <summary>Stops the timer that ends a connection whose client does not close. Call it once both loops are over.</summary>
    public ValueTask StopTimerAsync() => _grace?.DisposeAsync() ?? default;

    // Sends what there is to say; true where that was the last.
    private async ValueTask<bool> SendAsync()
    {
        do
        {
            // What there is to say goes out together, before anything is waited for.
            sender.Hold();
            await _receipts.SendAsync();
            while (exchange.Replies.TryTake(out var reply)) await sender.SendAsync(reply!);
            if (exchange.Closing is { } closing && HasSaidAll(closing))
            {
                await sender.CloseAsync(closing);
                // The reading loop goes on until the client has closed, too.
                if (sender.HasClosed) AfterGrace(exchange.Abort);
                return true;
            }

            await BeginToFollowAsync();
        }
        while (await SendEventsAsync());

        await sender.LetGoAsync();
        return false;
    }

    // A server that stops waits for what it took from this client, and acknowledges it.
    private bool HasSaidAll(Closing closing)
    {
        if (closing != Closing.GoingAway || exchange.Receipts.IsEmpty || _isOutOfPatience) return true;
        // What is held, as redaction does, may be held longer than a server that stops can wait.
        if (!_isWaitingForReceipts) AfterGrace(() => _isOutOfPatience = true);
        _isWaitingForReceipts = true;
        return false;
    }

    private async ValueTask BeginToFollowAsync()
    {
        if (exchange.TakeSession() is not { } session) return;
        if (_following is not null) await _following.DisposeAsync();
        (sender.StreamId, sender.LastEventId) = (StreamKey.IdOf(session.Key), session.After);
        if (session.Greeting is { } greeting) await sender.SendAsync(greeting);
        _following = directory.Subscribe(session.Key, session.After, exchange.News.Setter);
        _hasShownAll = false;
    }

    // Sends what viewers get; false where there is nothing more for now.
    private async ValueTask<bool> SendEventsAsync()
    {
        if (_following is not { } following || _hasShownAll) return false;
        try
        {
            for (var i = 0; i < EventsInARow && following.TryTake(out var record); i++)
            {
                if (record.Seq != 0) sender.LastEventId = record.EventId;
                _hasToldEnd |= record.Type == LogRecord.EndOfStream;
                await sender.SendAsync(record.Json);
                if (i == EventsInARow - 1) return true;
            }

            if (following.HasEnded) Part();
            _hasShownAll = following.HasEnded;
            return false;
        }
        catch (SlowViewerException)
        {
            telemetry.ConnectionCut("websocket", "too_slow");
            exchange.Close(Closing.TooSlow);
        }
        catch (Exception problem) when (Closing.For(problem) is { } closing)
        {
            exchange.Close(closing, problem);
        }

        return true;
    }

    // The client closes when it has all; one that stays is closed after a while. A client that asked for what came after the end is not told of the end
    // here, and waits for no more.
    private void Part()
    {
        if (!_hasToldEnd) exchange.Close(Closing.Ended);
        else if (!_isParting) AfterGrace(() => exchange.Close(Closing.Ended));
        _isParting = true;
    }

    private void AfterGrace(Action then)
    {
        _grace?.Dispose();
        _grace = clock.CreateTimer(
            _ =>
            {
                then();
                exchange.News.Set();
            },
            null,
            CloseGrace,
            Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(1201, LogLevel.Error, "A connection failed", EventName = "ConnectionFailed")]
    private partial void LogFault(Exception problem);
}
