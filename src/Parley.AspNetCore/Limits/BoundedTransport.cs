using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Observability;
using Parley.AspNetCore.Settings;

namespace Parley.AspNetCore.Limits;

/// <summary>Listens as Kestrel's sockets do, and admits no more connections than there is room for.</summary>
internal sealed partial class BoundedTransport(
    IOptions<SocketTransportOptions> options,
    ILoggerFactory logs,
    Lazy<ConnectionCapacity> capacity,
    Admissions admissions,
    IOptions<KestrelSettings> settings,
    IOptions<LimitOptions> limits,
    StopDelay stop,
    TimeProvider clock) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory _sockets = new(options, logs);

    private readonly ILogger _log = logs.CreateLogger<BoundedTransport>();

    public bool CanBind(EndPoint endpoint) => _sockets.CanBind(endpoint);

    /// <exception cref="InvalidOperationException">The limit of open files is too low to serve at all.</exception>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = await _sockets.BindAsync(endpoint, cancellationToken);
        var places = capacity.Value;
        if (places.Problem is { } problem)
        {
            await listener.DisposeAsync();
            throw new InvalidOperationException(problem);
        }

        if (places.Streams < limits.Value.Connections)
            LogFewFiles(places.Streams, limits.Value.Connections, FileLimit.Read(), places.Outgoing);
        return new BoundedListener(listener, admissions, TimeSpan.FromSeconds(settings.Value.HeadersTimeoutSec), clock, stop.Cut);
    }

    [LoggerMessage(
        3101,
        LogLevel.Warning,
        "There is room for {Streams} sockets and event streams instead of {Wanted}: this process may have {Files} files open at once, " +
        "{Outgoing} of them for calls to models",
        EventName = "FewFiles")]
    private partial void LogFewFiles(int streams, int wanted, int? files, int outgoing);
}
