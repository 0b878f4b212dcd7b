using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Parley.AspNetCore.Observability;

/// <summary>Says for a while that the server is not ready any more, before it stops.</summary>
internal sealed class StopDelay(Readiness readiness, IOptions<ParleyOptions> options, TimeProvider clock) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        readiness.Stopping();
        var delay = TimeSpan.FromSeconds(options.Value.StopDelaySec);
        return delay == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(delay, clock, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
