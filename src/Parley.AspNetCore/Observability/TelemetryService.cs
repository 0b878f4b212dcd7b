using Microsoft.Extensions.Hosting;

namespace Parley.AspNetCore.Observability;

/// <summary>Makes the export begin with the host: nobody else asks for it before the first scrape.</summary>
internal sealed class TelemetryService(TelemetryExport export) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        GC.KeepAlive(export);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
