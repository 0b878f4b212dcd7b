namespace Parley.Asr;

/// <summary>The order in which keys are to be committed, where the recogniser gives one.</summary>
internal sealed class CommitOrder
{
    private readonly List<string> _pending = [];

    public int Count => _pending.Count;

    public string? First => _pending.Count > 0 ? _pending[0] : null;

    public void Announce(string key, string? previousKey)
    {
        if (_pending.Contains(key)) return;
        var previous = previousKey is null ? -1 : _pending.IndexOf(previousKey);
        _pending.Insert(previous < 0 ? _pending.Count : previous + 1, key);
    }

    /// <summary>Whether something that is not done stands before it.</summary>
    public bool MustWait(string? key) => key is not null && _pending.IndexOf(key) > 0;

    public void Done(string? key)
    {
        if (key is not null) _pending.Remove(key);
    }

    public void Clear() => _pending.Clear();
}
