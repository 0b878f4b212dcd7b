using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Settings;

namespace Parley.AspNetCore.Limits;

/// <summary>
/// Sets the limits of a web server that Parley has to itself: headers, bodies, slow clients. Connections are bounded by
/// <see cref="BoundedTransport"/>.
/// </summary>
internal sealed class KestrelLimits(IOptions<KestrelSettings> settings, IOptions<LimitOptions> limits, IOptions<ParleyOptions> options)
    : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions kestrel)
    {
        var web = settings.Value;
        var slowest = new MinDataRate(web.MinBytesPerSec, TimeSpan.FromSeconds(web.SlowGraceSec));
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentUpgradedConnections = limits.Value.Connections;
        kestrel.Limits.MaxRequestBodySize = options.Value.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeaderCount = web.MaxHeaders;
        kestrel.Limits.MaxRequestHeadersTotalSize = web.MaxHeaderBytes;
        kestrel.Limits.MaxRequestLineSize = web.MaxRequestLineBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(web.HeadersTimeoutSec);
        kestrel.Limits.MinRequestBodyDataRate = slowest;
        kestrel.Limits.MinResponseDataRate = slowest;
    }
}
