using System.Text.Json.Nodes;
using Parley.AspNetCore.Security;
using Parley.Protocol;

namespace Parley.AspNetCore.Sockets;

// Who the client is, and for how long.
internal sealed partial class SocketConnection
{
    private CancellationTokenSource? _deadline;

    /// <summary>Gives a stranger a while to say who they are, and everybody as long as their token lasts.</summary>
    private void WatchDeadline()
    {
        _deadline?.Dispose();
        _deadline = _caller is { } caller ? CredentialExpiry.Watch(caller, _clock) : new CancellationTokenSource(_access.AuthenticateWithin, _clock);
        var closing = _caller is null ? Closing.Unauthorized : Closing.Expired;
        _deadline.Token.Register(() => Close(closing));
    }

    private ValueTask RefuseStrangerAsync()
    {
        _access.Telemetry.RequestRefused(ErrorCodes.Unauthorized);
        Close(Closing.Unauthorized);
        return ValueTask.CompletedTask;
    }

    private async ValueTask AuthenticateAsync(Authenticate message)
    {
        var caller = await _access.Callers.AuthenticateAsync(message.Token);
        // A new token for the same client is fine; another client's would not own this session.
        if (caller is null || (_caller is { } known && (known.Client, known.Tenant) != (caller.Client, caller.Tenant)))
        {
            await RefuseStrangerAsync();
            return;
        }

        if (_caller is null && _place.Become(caller) is { } tooMany)
        {
            await RefuseAsync(ErrorCodes.RateLimited, tooMany.Message, new JsonObject { ["retry_after_sec"] = tooMany.RetryAfterSec });
            Close(Closing.TooMany);
            return;
        }

        _caller = caller;
        WatchDeadline();
    }
}
