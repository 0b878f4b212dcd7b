namespace Parley.Work;

/// <summary>Keeps the dead letters that are being tried again, by stream. An outcome that is delivered twice is removed once.</summary>
/// <remarks>May be used from any thread.</remarks>
internal sealed class RedrivenWork
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<WorkKey>> _underway = new(StringComparer.Ordinal);

    /// <summary>Returns whether a stream has such work.</summary>
    public bool IsUnderway(string streamId)
    {
        lock (_lock) return _underway.ContainsKey(streamId);
    }

    /// <summary>Adds work; false if it is there already.</summary>
    public bool Add(WorkKey key)
    {
        lock (_lock)
        {
            if (!_underway.TryGetValue(key.StreamId, out var keys)) _underway.Add(key.StreamId, keys = []);
            return keys.Add(key);
        }
    }

    /// <summary>Removes work; false if it is not there.</summary>
    public bool Remove(WorkKey key)
    {
        lock (_lock)
        {
            if (!_underway.TryGetValue(key.StreamId, out var keys) || !keys.Remove(key)) return false;
            if (keys.Count == 0) _underway.Remove(key.StreamId);
            return true;
        }
    }

    /// <summary>Forgets a stream that was erased.</summary>
    public void Forget(string streamId)
    {
        lock (_lock) _underway.Remove(streamId);
    }
}
