using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Security;
using Parley.Telemetry;

namespace Parley.AspNetCore.Limits;

/// <summary>How many sockets and event streams each client has open.</summary>
internal sealed class ConnectionLimits(IOptions<LimitOptions> options, Lazy<ConnectionCapacity> capacity, ParleyTelemetry telemetry)
{
    // Whoever has one IPv6 address has at least this many bits of others.
    private const int NetworkBytes = 8;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _open;

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _open;
        }
    }

    /// <summary>Who a connection counts for before it has said: its address, or for IPv6 its network.</summary>
    public static Caller Stranger(IPAddress? address)
    {
        if (address is null) return new Caller("address:none");
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return new Caller(address.AddressFamily == AddressFamily.InterNetworkV6
            ? $"address:{Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes))}/64"
            : $"address:{address}");
    }

    /// <summary>Lets a connection in; the place is free again when it is disposed of. Null if there are too many: then why is in <paramref name="refusal"/>.</summary>
    public ConnectionPlace? TryEnter(Caller caller, string transport, out TooMany? refusal, Admission? admission = null)
    {
        lock (_gate)
        {
            var places = capacity.Value.Streams;
            // A local client has no limit but that of the operating system.
            refusal = _open >= places && (!caller.IsLocal || places < options.Value.Connections)
                ? new("The server has as many connections as it takes.", RetryAfter)
                : TakePlace(caller);
            if (refusal is not null) return null;
            _open++;
        }

        telemetry.ConnectionsChanged(1, transport);
        return new ConnectionPlace(this, caller, transport) { Admission = admission };
    }

    internal TooMany? Move(Caller from, Caller to)
    {
        lock (_gate)
        {
            if (TakePlace(to) is { } refusal) return refusal;
            LeavePlace(from);
            return null;
        }
    }

    internal void Leave(Caller caller, string transport)
    {
        lock (_gate)
        {
            LeavePlace(caller);
            _open--;
        }

        telemetry.ConnectionsChanged(-1, transport);
    }

    private TooMany? TakePlace(Caller caller)
    {
        var count = _counts.GetValueOrDefault(caller.Client);
        if (!caller.IsLocal && count >= options.Value.ConnectionsPerClient)
            return new($"This client has {options.Value.ConnectionsPerClient} connections, and may have no more.", RetryAfter);
        _counts[caller.Client] = count + 1;
        return null;
    }

    private void LeavePlace(Caller caller)
    {
        if (_counts[caller.Client] == 1) _counts.Remove(caller.Client);
        else _counts[caller.Client]--;
    }
}
