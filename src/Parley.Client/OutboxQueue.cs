namespace Parley.Client;

/// <summary>The messages of an outbox: those to be sent, in order, and those that were sent and not acknowledged.</summary>
internal sealed class OutboxQueue
{
    private readonly LinkedList<OutboxEntry> _unsent = [];
    private readonly List<OutboxEntry> _sent = [];

    public int Count => _sent.Count + _unsent.Count;

    public bool HasUnsent => _unsent.Count > 0;

    public IReadOnlyList<OutboxEntry> Sent => _sent;

    /// <summary>All messages, in the order in which they were handed in.</summary>
    public IEnumerable<OutboxEntry> All => _sent.Concat(_unsent).OrderBy(entry => entry.Order);

    /// <summary>The first place that is still taken; null where the queue is empty.</summary>
    public long? FirstOrder => Count == 0 ? null : _sent.Concat(_unsent).Min(entry => entry.Order);

    public void Add(OutboxEntry entry) => _unsent.AddLast(entry);

    /// <summary>The next message to send; null where there is none. From now on it counts as sent.</summary>
    public OutboxEntry? TakeNext()
    {
        if (_unsent.First is not { Value: var entry }) return null;
        _unsent.RemoveFirst();
        _sent.Add(entry);
        return entry;
    }

    public OutboxEntry? FindSent(string source, long sequence) => _sent.Find(entry => entry.Source == source && entry.Sequence == sequence);

    /// <summary>The server has the messages of a source up to this number.</summary>
    public void RemoveSent(string source, long upTo) => _sent.RemoveAll(entry => entry.Source == source && entry.Sequence <= upTo);

    /// <summary>The server has all that was sent.</summary>
    public void RemoveSent() => _sent.Clear();

    /// <summary>The connection is another one: all that is left is to be sent on it.</summary>
    public void SendAgain()
    {
        var all = All.ToList();
        _sent.Clear();
        _unsent.Clear();
        foreach (var entry in all) _unsent.AddLast(entry);
    }

    /// <summary>The server has the messages of a source before this number, so that these need not be sent again.</summary>
    public void RemoveUnsent(string source, long before)
    {
        for (var place = _unsent.First; place is not null;)
        {
            var (entry, next) = (place.Value, place.Next);
            if (entry.Source == source && entry.Sequence < before) _unsent.Remove(place);
            place = next;
        }
    }

    /// <summary>Numbers the messages of a source anew, once all are to be sent again. Returns how many there are.</summary>
    public int Renumber(string source, long first)
    {
        var count = 0;
        foreach (var entry in _unsent.Where(entry => entry.Source == source)) entry.Sequence = first + count++;
        return count;
    }

    /// <summary>
    /// Takes out a message that was refused. Those of its source behind it move up, since a refusal does not use its number up. What of
    /// these was sent is ahead of the hole now and refused by the server, so it is sent again under its new number. Returns how many are.
    /// </summary>
    public int Refuse(OutboxEntry refused)
    {
        bool IsBehind(OutboxEntry entry) => entry.Source == refused.Source && entry.Sequence > refused.Sequence;
        _sent.Remove(refused);
        var behind = _sent.FindAll(IsBehind);
        _sent.RemoveAll(IsBehind);
        foreach (var entry in behind.Concat(_unsent.Where(IsBehind))) entry.Sequence--;
        for (var i = behind.Count - 1; i >= 0; i--) _unsent.AddFirst(behind[i]);
        return behind.Count;
    }
}
