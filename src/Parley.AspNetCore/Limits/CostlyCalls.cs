using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Http;
using Parley.AspNetCore.Security;
using Parley.Log;
using Parley.Telemetry;

namespace Parley.AspNetCore.Limits;

/// <summary>
/// How many calls that read the whole of a long stream, or inflate a large body, are worked on at once. The others wait, first for their
/// client's turn, then for the server's, so that no client takes the places in which others would wait. A reader that is slow keeps its place while no call waits, and is
/// cut when one does. Calls about short streams are not costly.
/// </summary>
internal sealed class CostlyCalls : IDisposable
{
    /// <summary>From as many events on a stream is long: reading fewer takes some hundredths of a second.</summary>
    public const int LongStream = 5_000;

    // Waiting costs a call little: these are as many as are served within a wait of about a minute.
    private const int WaitingForEach = 16;

    private const string OwnCalls =
        "This client has too many unfinished requests for long streams, or with large compressed bodies. Try again in a moment.";

    private const string AllCalls =
        "Other calls for long streams, or with large compressed bodies, take all places of the server. Try again in a moment.";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // A client that reads more slowly would keep its place from others for hours.
    private static readonly MinDataRate SlowestReader = new(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(10));

    private readonly ConcurrentDictionary<CostlyPlace, bool> _held = new();
    private readonly LimitOptions _limits;
    private readonly TimeProvider _clock;
    private readonly ConcurrencyLimiter _server;
    private readonly PartitionedRateLimiter<Caller> _clients;

    public CostlyCalls(IOptions<LimitOptions> options, TimeProvider clock)
    {
        (_limits, _clock) = (options.Value, clock);
        _server = new(Places(_limits.CostlyCalls));
        _clients = PartitionedRateLimiter.Create<Caller, string>(caller => caller.IsLocal
            ? RateLimitPartition.GetNoLimiter(caller.Client)
            : RateLimitPartition.GetConcurrencyLimiter(caller.Client, _ => Places(_limits.CostlyCallsPerClient)));
    }

    /// <summary>Waits for the turn of a call about a stream, and takes its place until the response has ended.</summary>
    /// <exception cref="RequestProblem">There are too many: <c>RATE_LIMITED</c>.</exception>
    public async Task EnterAsync(HttpContext context, StreamHead head, CancellationToken cancellationToken)
    {
        if (head.EventId < LongStream) return;
        var place = await EnterAsync(context, cancellationToken);
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(new WatchedBody(body.Stream, place), body));
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate) rate.MinDataRate = SlowestReader;
    }

    /// <summary>Waits for the turn of a call, and takes its place until the response has ended.</summary>
    /// <exception cref="RequestProblem">There are too many: <c>RATE_LIMITED</c>.</exception>
    public async Task<CostlyPlace> EnterAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var (place, why) = await AskAsync(context.Caller(), cancellationToken);
        if (place is null) throw new TooMany(why, RetryAfter).ToProblem();
        context.Response.RegisterForDispose(place);
        // Resolved now: a cut comes from a timer, when the request's services may be gone.
        var telemetry = context.RequestServices.GetRequiredService<ParleyTelemetry>();
        place.Cut = () =>
        {
            telemetry.ConnectionCut("http", "too_slow");
            context.Abort();
        };
        return place;
    }

    /// <summary>Waits for a place; null if there is none in time, or too many wait already.</summary>
    public async Task<CostlyPlace?> TryEnterAsync(Caller caller, CancellationToken cancellationToken) =>
        (await AskAsync(caller, cancellationToken)).Place;

    private async Task<(CostlyPlace? Place, string Why)> AskAsync(Caller caller, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(_limits.CostlyCallWaitSec), _clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var own = default(RateLimitLease);
        try
        {
            own = await _clients.AcquireAsync(caller, 1, stop.Token);
            if (!own.IsAcquired) return Refuse(OwnCalls);
            var place = await WaitAsync(stop.Token);
            return place.IsAcquired ? (Hold(own, place), "") : Refuse(AllCalls);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Refuse(own is null ? OwnCalls : AllCalls);
        }
        catch
        {
            own?.Dispose();
            throw;
        }

        (CostlyPlace?, string) Refuse(string why)
        {
            own?.Dispose();
            return (null, why);
        }
    }

    // Readers are looked at only while a call waits for them.
    private async ValueTask<RateLimitLease> WaitAsync(CancellationToken cancellationToken)
    {
        var waiting = _server.AcquireAsync(1, cancellationToken);
        if (waiting.IsCompleted) return await waiting;
        await using var looking = _clock.CreateTimer(_ => CutSlowReaders(), null, TimeSpan.Zero, LookEvery);
        return await waiting;
    }

    private CostlyPlace Hold(RateLimitLease own, RateLimitLease server)
    {
        var place = new CostlyPlace(_clock, held =>
        {
            _held.TryRemove(held, out _);
            server.Dispose();
            own.Dispose();
        });
        _held[place] = true;
        return place;
    }

    private void CutSlowReaders()
    {
        foreach (var (place, _) in _held) place.CutIfSlow();
    }

    public void Dispose()
    {
        _clients.Dispose();
        _server.Dispose();
    }

    private static ConcurrencyLimiterOptions Places(int count) => new()
    {
        PermitLimit = count,
        QueueLimit = count * WaitingForEach,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    };
}
