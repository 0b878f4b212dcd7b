using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Settings;

namespace Parley.AspNetCore.Limits;

/// <summary>Sets the limits of a web server that Parley has to itself: connections, headers, bodies, slow clients.</summary>
internal sealed class KestrelLimits(IOptions<KestrelSettings> settings, IOptions<LimitOptions> limits, IOptions<ParleyOptions> options)
    : IConfigureOptions<KestrelServerOptions>
{
    // Requests beside the sockets and event streams, which are counted separately.
    private const int Spare = 1_000;

    public void Configure(KestrelServerOptions kestrel)
    {
        var (web, connections) = (settings.Value, limits.Value.Connections);
        var slowest = new MinDataRate(web.MinBytesPerSec, TimeSpan.FromSeconds(web.SlowGraceSec));
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = connections + Spare;
        kestrel.Limits.MaxConcurrentUpgradedConnections = connections;
        kestrel.Limits.MaxRequestBodySize = options.Value.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeaderCount = web.MaxHeaders;
        kestrel.Limits.MaxRequestHeadersTotalSize = web.MaxHeaderBytes;
        kestrel.Limits.MaxRequestLineSize = web.MaxRequestLineBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(web.HeadersTimeoutSec);
        kestrel.Limits.MinRequestBodyDataRate = slowest;
        kestrel.Limits.MinResponseDataRate = slowest;
    }
}
