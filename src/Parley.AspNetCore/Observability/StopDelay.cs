using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Parley.AspNetCore.Observability;

/// <summary>Says for a while that the server is not ready any more, and only then that it stops.</summary>
/// <remarks>
/// A host that got a signal says that the application stops before it asks its services to: what must go on during the delay listens to
/// <see cref="Stopping"/>, and not to the host.
/// </remarks>
internal sealed class StopDelay : IHostedLifecycleService, IDisposable
{
    /// <summary>
    /// How long requests may go on once the server stops: for the last acknowledgements, and for clients that close by themselves.
    /// </summary>
    internal static readonly TimeSpan LastMoments = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _cut;
    private readonly Readiness _readiness;
    private readonly IOptions<ParleyOptions> _options;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenRegistration _told;
    private bool _isAsked;

    public StopDelay(Readiness readiness, IOptions<ParleyOptions> options, TimeProvider clock, IHostApplicationLifetime host)
    {
        (_readiness, _options, _clock) = (readiness, options, clock);
        _cut = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _stopping.Token.Register(() => _cut.CancelAfter(LastMoments));
        // A host of an old kind does not ask before it stops: connections must be told all the same.
        _told = host.ApplicationStopping.Register(() =>
        {
            if (!_isAsked) _stopping.Cancel();
        });
    }

    /// <summary>Gets a token that is cancelled when the delay is over: clients must be told to go.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Gets a token that is cancelled 5 seconds later: what a client keeps open still is cut.</summary>
    public CancellationToken Cut => _cut.Token;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _isAsked = true;
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _readiness.Stopping();
        try
        {
            var delay = TimeSpan.FromSeconds(_options.Value.StopDelaySec);
            if (delay > TimeSpan.Zero) await Task.Delay(delay, _clock, cancellationToken);
        }
        finally
        {
            await _stopping.CancelAsync();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _told.Dispose();
        _stopping.Dispose();
        _cut.Dispose();
    }
}
