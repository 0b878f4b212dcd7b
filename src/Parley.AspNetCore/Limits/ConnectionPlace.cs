using Parley.AspNetCore.Security;

namespace Parley.AspNetCore.Limits;

/// <summary>The place of one connection among those of its client.</summary>
internal sealed class ConnectionPlace(ConnectionLimits limits, Caller caller, string transport) : IDisposable
{
    private Caller _caller = caller;
    private bool _isLeft;

    /// <summary>Gets the place of the TCP connection; null where those are not bounded.</summary>
    public Admission? Admission { get; init; }

    /// <summary>Counts the connection for who it says it is; null if that client may have it, else why not.</summary>
    public TooMany? Become(Caller caller)
    {
        if (limits.Move(_caller, caller) is { } refusal) return refusal;
        _caller = caller;
        Admission?.Recognise();
        return null;
    }

    /// <summary>Leaves the place. Twice is fine.</summary>
    public void Dispose()
    {
        if (_isLeft) return;
        _isLeft = true;
        limits.Leave(_caller, transport);
    }
}
