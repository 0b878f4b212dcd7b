using Microsoft.Extensions.Options;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Security;
using Parley.Telemetry;

namespace Parley.AspNetCore.Sockets;

/// <summary>What sockets ask about their clients: who they are, and how much they may.</summary>
internal sealed class SocketAccess(
    CallerAccess callers, ConnectionLimits connections, OpenStreams streams, ChunkRate rate, IOptions<LimitOptions> limits, ParleyTelemetry telemetry)
{
    public CallerAccess Callers => callers;

    public ConnectionLimits Connections => connections;

    public OpenStreams Streams => streams;

    public ChunkRate Rate => rate;

    public TimeSpan AuthenticateWithin { get; } = TimeSpan.FromSeconds(limits.Value.AuthenticateWithinSec);

    /// <summary>What was refused, and who was cut off, is counted.</summary>
    public ParleyTelemetry Telemetry => telemetry;
}
