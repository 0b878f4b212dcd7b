using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Parley.AspNetCore.Security;

/// <summary>
/// Stops a server without keys that listens where others could reach it. It has to listen before this is known for sure; the guard refuses whoever
/// comes meanwhile.
/// </summary>
internal sealed class LoopbackOnly(CallerAccess access, IServer server) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (access.AsksForCredentials) return Task.CompletedTask;
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return addresses.FirstOrDefault(address => !IsHere(address)) is { } reachable
            ? throw new InvalidOperationException(
                $"Without keys Parley listens on this machine only, and {reachable} can be reached from others. " +
                "Make a key with \"parley key new\" and put what it prints into the configuration, or listen on http://localhost.")
            : Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsHere(string address)
    {
        var bound = BindingAddress.Parse(address);
        return bound.IsUnixPipe || bound.IsNamedPipe || Sites.IsLoopback(bound.Host);
    }
}
