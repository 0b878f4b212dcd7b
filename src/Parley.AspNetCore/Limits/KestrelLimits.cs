using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Parley.AspNetCore.Limits;

/// <summary>The bounds of a server of our own: on connections, headers, bodies and slowness. An application that hosts Parley sets its own.</summary>
internal sealed class KestrelLimits(IOptions<LimitOptions> options, IOptions<ParleyOptions> server) : IConfigureOptions<KestrelServerOptions>
{
    // Requests beside the sockets and event streams, which are counted by themselves.
    private const int Spare = 1_000;
    private const int HeaderBytes = 16 * 1_024;
    private const int RequestLineBytes = 4 * 1_024;
    private const int Headers = 64;
    private const double BytesPerSec = 240;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(10);

    public void Configure(KestrelServerOptions kestrel)
    {
        var limits = options.Value;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = limits.Connections + Spare;
        kestrel.Limits.MaxConcurrentUpgradedConnections = limits.Connections;
        kestrel.Limits.MaxRequestBodySize = server.Value.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeaderCount = Headers;
        kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytes;
        kestrel.Limits.MaxRequestLineSize = RequestLineBytes;
        kestrel.Limits.RequestHeadersTimeout = HeadersWithin;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(BytesPerSec, Grace);
        kestrel.Limits.MinResponseDataRate = new MinDataRate(BytesPerSec, Grace);
    }
}
