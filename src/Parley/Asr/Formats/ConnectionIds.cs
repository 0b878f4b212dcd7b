namespace Parley.Asr;

/// <summary>Tells connections apart by the id that the recogniser gives each.</summary>
internal sealed class ConnectionIds
{
    private readonly RecentSet<string> _earlier = new(16);
    private string? _current;

    /// <summary>For a stream that goes on from a connection whose id is not known any more: the next id is a new one.</summary>
    public static ConnectionIds OfOneBefore() => new() { _current = "" };

    /// <summary>
    /// Opens a new connection when the id is new. False for a straggler of an earlier one: its keys and times would be taken for this
    /// one's.
    /// </summary>
    public bool Accept(string? id, AsrUpdates updates)
    {
        if (id is null || string.Equals(id, _current, StringComparison.Ordinal)) return true;
        if (!_earlier.Add(id))
        {
            updates.Report(AsrAnomaly.Stale, "a message of an earlier connection");
            return false;
        }

        if (_current is not null) updates.NewConnection();
        _current = id;
        return true;
    }
}
