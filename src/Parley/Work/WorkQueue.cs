namespace Parley.Work;

/// <summary>
/// The work that waits, of all workflows, under one bound. Full, the oldest item of the lowest priority gives way; a new item that is of lower
/// priority than all that wait is itself dropped. Batches are of one stream, so that no handler sees two conversations at once.
/// </summary>
/// <remarks>A data structure: no clock, no lock; times are handed in.</remarks>
internal sealed class WorkQueue
{
    private readonly int _capacity;
    private readonly WorkflowBacklog[] _lines;
    private readonly HashSet<WorkKey> _keys = [];

    public WorkQueue(WorkOptions options)
    {
        _capacity = options.Capacity;
        _lines = [new(options.Question), new(options.ActionItem), new(options.Decision), new(options.Summary), new(options.General)];
    }

    /// <summary>
    /// Whether there is room for work that is tried again: what is said now comes first, and has half of the queue for itself.
    /// </summary>
    public bool HasRoomForAnotherTry => _keys.Count < (_capacity + 1) / 2;

    /// <summary>Whether an item waits.</summary>
    public bool Contains(WorkKey key) => _keys.Contains(key);

    /// <summary>How many items wait.</summary>
    public int Count => _keys.Count;

    public WorkflowBacklog this[string line] => _lines[WorkLines.IndexOf(line)];

    /// <summary>Adds an item; says what had to go for it. An item that waits already changes nothing.</summary>
    public WorkAdmission Add(WorkItem item, TimeSpan now)
    {
        if (!_keys.Add(item.Key)) return default;

        var own = this[item.Workflow];
        if (Replace(item, own, now) is { } replaced)
        {
            _keys.Remove(replaced.Key);
            return new(IsNew: true, Replaced: replaced);
        }

        WorkItem? dropped = null;
        if (_keys.Count > _capacity)
        {
            var lowest = _lines.Last(line => line.Count > 0 || line == own);
            dropped = lowest.Count > 0 ? lowest.TakeOldest() : item;
            _keys.Remove(dropped.Key);
            if (dropped == item) return new(IsNew: true, Dropped: item);
        }

        own.Add(item, now);
        return new(IsNew: true, Dropped: dropped);
    }

    /// <summary>The next batch of a queue that is due, or null.</summary>
    public IReadOnlyList<WorkItem>? TakeDue(string name, TimeSpan now)
    {
        var batch = this[name].TakeDue(now);
        if (batch is not null) _keys.ExceptWith(batch.Select(item => item.Key));
        return batch;
    }

    /// <summary>Makes all work of a stream due: nothing more comes that it could wait for.</summary>
    public void Flush(string streamId)
    {
        foreach (var line in _lines) line.Flush(streamId);
    }

    /// <summary>All that waits, the most urgent first.</summary>
    public IEnumerable<WorkItem> All => _lines.SelectMany(line => line.Items);

    /// <summary>Puts a joined item in place of the earlier one, if that waits: in its own line it goes on waiting where the earlier one waited.</summary>
    private WorkItem? Replace(WorkItem item, WorkflowBacklog own, TimeSpan now)
    {
        if (item.Replaces is null) return null;
        foreach (var line in _lines)
        {
            if (line.Find(item.StreamId, item.Replaces) is not { } waiting) continue;
            var replaced = waiting.Item;
            if (line == own)
            {
                waiting.Item = item;
                return replaced;
            }

            line.Remove(waiting);
            own.Add(item, now);
            return replaced;
        }

        return null;
    }
}

/// <summary>What became of an item that was added.</summary>
/// <param name="IsNew">False if it waits already.</param>
/// <param name="Dropped">What was dropped: an older item, or the new one itself.</param>
/// <param name="Replaced">What it took the place of.</param>
internal readonly record struct WorkAdmission(bool IsNew, WorkItem? Dropped = null, WorkItem? Replaced = null);
