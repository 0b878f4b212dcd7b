using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Observability;
using Parley.AspNetCore.Security;
using Parley.Log;
using Parley.Protocol;
using Parley.Telemetry;

namespace Parley.AspNetCore.Http;

/// <summary>Feeds as server-sent events. Facts have their ids; what is no fact has none, so that a browser resumes after the last fact.</summary>
internal sealed class EventStreams(ServerEngine engine, StopDelay stopDelay, ParleyTelemetry telemetry, TimeProvider clock)
{
    /// <summary>How often something is sent while nothing happens, so that proxies keep the connection.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public async IAsyncEnumerable<SseItem<byte[]>> FollowAsync(
        string key, long after, Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var expiry = CredentialExpiry.Watch(caller, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopDelay.Stopping, expiry.Token);
        var news = new Signal();
        var isQuiet = false;
        await using var subscription = engine.Directory.Subscribe(key, after, news.Setter);
        await using var stopping = stop.Token.UnsafeRegister(static waiting => ((Signal)waiting!).Set(), news);
        await using var heart = clock.CreateTimer(
            _ =>
            {
                Volatile.Write(ref isQuiet, true);
                news.Set();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        // Something at once: the client learns that it is connected.
        yield return Beat();
        var last = after;
        while (true)
        {
            var ended = stop.IsCancellationRequested ? Stopped(last, expiry.Token, cancellationToken) : null;
            if (ended is null && TryTake(subscription, last, out var record, out ended))
            {
                if (record.Seq != 0) last = record.EventId;
                yield return Item(record);
                continue;
            }

            if (ended is not null) yield return Item(ended, key, last);
            if (ended is not null || subscription.HasEnded) yield break;
            heart.Change(Heartbeat, Timeout.InfiniteTimeSpan);
            await news.WaitAsync(CancellationToken.None);
            if (!Volatile.Read(ref isQuiet)) continue;
            Volatile.Write(ref isQuiet, false);
            yield return Beat();
        }
    }

    private bool TryTake(StreamSubscription subscription, long last, out LogRecord record, out ErrorPayload? ended)
    {
        (record, ended) = (default, null);
        try
        {
            return subscription.TryTake(out record);
        }
        catch (SlowViewerException)
        {
            telemetry.ConnectionCut("sse", "too_slow");
            ended = Error(ErrorCodes.TooSlow, "This viewer reads too slowly: resume after the last event it got.", last);
        }
        catch (StreamErasedException)
        {
            ended = new ErrorPayload(ErrorCodes.StreamErased, "The stream was erased; nothing of it is left.", Recoverable: false);
        }
        catch (StreamUnreadableException problem)
        {
            engine.Directory.MarkUnreadable(problem);
            ended = Error(ErrorCodes.StorageUnavailable, Problems.Damaged, last);
        }
        catch (EventLogUnavailableException)
        {
            ended = Error(
                ErrorCodes.StorageUnavailable, "The log cannot be read: connect again later, and resume after the last event.", last);
        }

        return false;
    }

    private static ErrorPayload Stopped(long last, CancellationToken expired, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return expired.IsCancellationRequested
            ? Error(ErrorCodes.Unauthorized, "The token has expired: connect again with a new one, and resume after the last event.", last)
            : Error(ErrorCodes.GoingAway, "The server is stopping: connect again in a moment, and resume after the last event.", last);
    }

    private static ErrorPayload Error(string code, string message, long last) =>
        new(code, message, Recoverable: false, ErrorDetails.Of(new JsonObject { ["last_event_id"] = last }));

    private SseItem<byte[]> Item(ErrorPayload error, string key, long last)
    {
        var envelope = new Envelope { EventId = last, StreamId = StreamKey.IdOf(key), TsServer = clock.GetUtcNow().ToUnixTimeMilliseconds(), Payload = error };
        return new(envelope.ToUtf8(), error.Type);
    }

    private static SseItem<byte[]> Item(LogRecord record) => new(Bytes(record.Json), record.Type)
    {
        EventId = record.Seq == 0 ? null : record.EventId.ToString(CultureInfo.InvariantCulture),
    };

    private static SseItem<byte[]> Beat() => new([], "heartbeat");

    // What the log has is nearly always an array of its own.
    private static byte[] Bytes(ReadOnlyMemory<byte> json) =>
        MemoryMarshal.TryGetArray(json, out var array) && array.Offset == 0 && array.Count == array.Array!.Length ? array.Array : json.ToArray();
}
