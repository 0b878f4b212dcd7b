namespace Parley.Asr;

/// <summary>Remembers the values added last.</summary>
internal sealed class RecentSet<T>(int capacity)
{
    private readonly HashSet<T> _values = [];
    private readonly Queue<T> _order = new();

    /// <summary>Adds a value; false when it is there already.</summary>
    public bool Add(T value)
    {
        if (!_values.Add(value)) return false;
        _order.Enqueue(value);
        if (_order.Count > capacity) _values.Remove(_order.Dequeue());
        return true;
    }

    public bool Any(Func<T, bool> matches) => _order.Any(matches);

    public bool Contains(T value) => _values.Contains(value);

    public void CopyFrom(RecentSet<T> other)
    {
        foreach (var value in other._order) Add(value);
    }

    public void Clear()
    {
        _values.Clear();
        _order.Clear();
    }
}
