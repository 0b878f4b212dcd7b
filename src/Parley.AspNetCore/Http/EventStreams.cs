using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Security;
using Parley.Log;
using Parley.Protocol;
using Parley.Telemetry;

namespace Parley.AspNetCore.Http;

/// <summary>Feeds as server-sent events. Facts have their ids; what is no fact has none, so that a browser resumes after the last fact.</summary>
internal sealed class EventStreams(ServerEngine engine, IHostApplicationLifetime host, ParleyTelemetry telemetry, TimeProvider clock)
{
    /// <summary>How often something is sent while nothing happens, so that proxies keep the connection.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public async IAsyncEnumerable<SseItem<byte[]>> FollowAsync(
        string key, long after, Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var expiry = CredentialExpiry.Watch(caller, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping, expiry.Token);
        var feed = engine.Directory.Feed.FollowAsync(key, after, stop.Token).GetAsyncEnumerator(CancellationToken.None);
        var next = Task.FromResult(false);
        try
        {
            // Something at once: the client learns that it is connected.
            yield return Beat();
            var (last, ended) = (after, (ErrorPayload?)null);
            next = feed.MoveNextAsync().AsTask();
            while (true)
            {
                if (!next.IsCompleted && await IsQuietAsync(next, stop.Token))
                {
                    yield return Beat();
                    continue;
                }

                (var moved, ended) = await OutcomeAsync(next, last, expiry.Token, cancellationToken);
                if (!moved) break;
                var record = feed.Current;
                if (record.Seq != 0) last = record.EventId;
                yield return Item(record);
                next = feed.MoveNextAsync().AsTask();
            }

            if (ended is not null) yield return Item(ended, key, last);
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await feed.DisposeAsync();
        }
    }

    private async Task<bool> IsQuietAsync(Task<bool> next, CancellationToken stop) =>
        await Task.WhenAny(next, Task.Delay(Heartbeat, clock, stop)) != next && !stop.IsCancellationRequested;

    private async Task<(bool Moved, ErrorPayload? Ended)> OutcomeAsync(
        Task<bool> next, long last, CancellationToken expired, CancellationToken cancellationToken)
    {
        try
        {
            return (await next, null);
        }
        catch (SlowViewerException)
        {
            telemetry.ConnectionCut("sse", "too_slow");
            return (false, Error(ErrorCodes.TooSlow, "This viewer reads too slowly: resume after the last event it got.", last));
        }
        catch (StreamErasedException)
        {
            return (false, new ErrorPayload(ErrorCodes.StreamErased, "The stream was erased; nothing of it is left.", Recoverable: false));
        }
        catch (EventLogUnavailableException)
        {
            return (false, Error(ErrorCodes.StorageUnavailable, "The log cannot be read: connect again later, and resume after the last event.", last));
        }
        catch (OperationCanceledException) when (expired.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (false, Error(ErrorCodes.Unauthorized, "The token has expired: connect again with a new one, and resume after the last event.", last));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, Error(ErrorCodes.GoingAway, "The server is stopping: connect again in a moment, and resume after the last event.", last));
        }
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
