namespace Parley.Asr;

/// <summary>Keys whose final text a reader keeps something for, and the messages that it is from.</summary>
internal sealed class AwaitedTexts(int capacity)
{
    private readonly List<(string Key, long From)> _awaited = [];

    /// <summary>The first message that must come again after a restart; null where there is none.</summary>
    public long? First => _awaited.Count > 0 ? _awaited[0].From : null;

    public void Add(string key, long message)
    {
        foreach (var (known, _) in _awaited)
        {
            if (known == key) return;
        }

        // What never comes must not hold up its sender for ever.
        if (_awaited.Count == capacity) _awaited.RemoveAt(0);
        _awaited.Add((key, message));
    }

    public void Done(string? key)
    {
        for (var i = _awaited.Count - 1; i >= 0 && key is not null; i--)
        {
            if (_awaited[i].Key == key) _awaited.RemoveAt(i);
        }
    }

    public void Clear() => _awaited.Clear();
}
