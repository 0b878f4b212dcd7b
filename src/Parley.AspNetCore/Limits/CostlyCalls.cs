using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Security;
using Parley.Log;

namespace Parley.AspNetCore.Limits;

/// <summary>
/// How many calls that read the whole of a long stream are worked on at once. The others wait, first for their client's turn, then for the
/// server's, so that no client takes the places in which others would wait. Calls about short streams are not costly.
/// </summary>
internal sealed class CostlyCalls : IDisposable
{
    /// <summary>From as many events on a stream is long: reading fewer takes some hundredths of a second.</summary>
    public const int LongStream = 5_000;

    // Waiting costs a call little: these are as many as are served within a wait of about a minute.
    private const int WaitingForEach = 16;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    // A client that reads more slowly would keep its place from others for hours.
    private static readonly MinDataRate SlowestReader = new(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(10));

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
    /// <exception cref="Http.RequestProblem">There are too many: <c>RATE_LIMITED</c>.</exception>
    public async Task EnterAsync(HttpContext context, StreamHead head, CancellationToken cancellationToken)
    {
        if (head.EventId < LongStream) return;
        if (await TryEnterAsync(context.Caller(), cancellationToken) is not { } place)
            throw new TooMany("Too many calls read long streams already. Try again in a moment.", RetryAfter).ToProblem();
        context.Response.RegisterForDispose(place);
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate) rate.MinDataRate = SlowestReader;
    }

    /// <summary>Waits for a place; null if there is none in time, or too many wait already.</summary>
    public async Task<IDisposable?> TryEnterAsync(Caller caller, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(_limits.CostlyCallWaitSec), _clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var own = default(RateLimitLease);
        try
        {
            own = await _clients.AcquireAsync(caller, 1, stop.Token);
            var place = own.IsAcquired ? await _server.AcquireAsync(1, stop.Token) : null;
            if (place is { IsAcquired: true }) return new Place(own, place);
            own.Dispose();
            return null;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            own?.Dispose();
            return null;
        }
        catch
        {
            own?.Dispose();
            throw;
        }
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

    private sealed class Place(RateLimitLease own, RateLimitLease server) : IDisposable
    {
        public void Dispose()
        {
            server.Dispose();
            own.Dispose();
        }
    }
}
