using Parley.Protocol;

namespace Parley.Client;

/// <summary>The connection that is open now, for whatever wants it to end or to be followed by another one.</summary>
internal sealed class ConnectionSlot
{
    private readonly Lock _lock = new();
    private Connection? _connection;

    /// <summary>The connection; null where there is none.</summary>
    public Connection? Connection
    {
        get
        {
            lock (_lock) return _connection;
        }
    }

    /// <summary>Set when the reader has read all that could be kept.</summary>
    public Signal CaughtUp { get; } = new();

    public void Use(Connection? connection)
    {
        lock (_lock) _connection = connection;
    }

    /// <summary>The reader has emptied an inbox that could not hold all of it: the rest is on the server.</summary>
    public void ComeBackForMore()
    {
        lock (_lock) _connection?.Abort(new LinkLostException("The reader has caught up with what could be kept.") { IsOurs = true });
        CaughtUp.Set();
    }
}
