using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Security;
using Parley.Protocol;

namespace Parley.AspNetCore.Sockets;

/// <summary>Who the client of a connection is, and for how long.</summary>
internal sealed class SocketClient(
    SocketExchange exchange, SocketAccess access, ConnectionPlace place, Caller? caller, TimeProvider clock) : IDisposable
{
    private CancellationTokenSource? _deadline;

    /// <summary>The client; null for a stranger.</summary>
    public Caller? Caller { get; private set; } = caller;

    /// <summary>Gives a stranger a while to say who they are, and a known client as long as their token lasts.</summary>
    public void WatchDeadline()
    {
        _deadline?.Dispose();
        _deadline = Caller is { } known ? CredentialExpiry.Watch(known, clock) : new CancellationTokenSource(access.AuthenticateWithin, clock);
        var closing = Caller is null ? Closing.Unauthorized : Closing.Expired;
        _deadline.Token.Register(() => exchange.Close(closing));
    }

    /// <summary>Closes the connection of a client that has not said who it is, or cannot prove it.</summary>
    public void Refuse()
    {
        access.Telemetry.RequestRefused(ErrorCodes.Unauthorized);
        exchange.Close(Closing.Unauthorized);
    }

    /// <summary>Takes a key or token. Returns the limit where the client has too many connections, else null.</summary>
    public async ValueTask<TooMany?> AuthenticateAsync(Authenticate message)
    {
        var named = await access.Callers.AuthenticateAsync(message.Token);
        // A new token for the same client is fine; another client's would not own this session.
        if (named is null || (Caller is { } known && (known.Client, known.Tenant) != (named.Client, named.Tenant)))
        {
            Refuse();
            return null;
        }

        if (Caller is null && place.Become(named) is { } tooMany) return tooMany;
        Caller = named;
        WatchDeadline();
        return null;
    }

    public void Dispose() => _deadline?.Dispose();
}
