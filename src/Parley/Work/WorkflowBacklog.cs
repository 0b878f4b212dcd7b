using System.Runtime.InteropServices;

namespace Parley.Work;

/// <summary>The work of one workflow that waits, oldest first.</summary>
internal sealed class WorkflowBacklog(WorkflowOptions options)
{
    private readonly LinkedList<Waiting> _waiting = new();
    private readonly Dictionary<string, int> _perStream = new(StringComparer.Ordinal);
    private int _fullBatches;
    private int _flushed;

    public int Count => _waiting.Count;

    /// <summary>All of it, oldest first.</summary>
    public IEnumerable<WorkItem> Items => _waiting.Select(waiting => waiting.Item);

    /// <summary>Since when the oldest waits; null if none does.</summary>
    public TimeSpan? OldestSince => _waiting.First?.Value.Since;

    /// <summary>When the next batch is due that is not full by then; null if nothing waits.</summary>
    public TimeSpan? NextDue => OldestSince + options.BatchDelay;

    public void Add(WorkItem item, TimeSpan now)
    {
        _waiting.AddLast(new Waiting(item) { Since = now });
        if (++CollectionsMarshal.GetValueRefOrAddDefault(_perStream, item.StreamId, out _) == options.BatchSize) _fullBatches++;
    }

    public WorkItem TakeOldest() => Remove(_waiting.First!);

    /// <summary>The work of a segment, if it waits here.</summary>
    public Waiting? Find(string streamId, string segmentId) =>
        _waiting.FirstOrDefault(waiting => waiting.Item.SegmentId == segmentId && waiting.Item.StreamId == streamId);

    public void Remove(Waiting waiting) => Remove(_waiting.Find(waiting)!);

    /// <summary>The oldest items of a stream whose batch is full or has waited long enough; null if there is none.</summary>
    public IReadOnlyList<WorkItem>? TakeDue(TimeSpan now)
    {
        // Asked at every item that comes. Most of the time nothing is due, and the line may be long: the oldest waits longest, and the rest is counted.
        if (_fullBatches == 0 && _flushed == 0 && !(now - OldestSince >= options.BatchDelay)) return null;
        if (_waiting.FirstOrDefault(IsDue) is not { } due) return null;

        var batch = new List<WorkItem>(options.BatchSize);
        for (var node = _waiting.First; node is not null && batch.Count < options.BatchSize;)
        {
            var next = node.Next;
            if (node.Value.Item.StreamId == due.Item.StreamId) batch.Add(Remove(node));
            node = next;
        }

        return batch;

        bool IsDue(Waiting waiting) =>
            waiting.IsFlushed || now - waiting.Since >= options.BatchDelay || _perStream[waiting.Item.StreamId] >= options.BatchSize;
    }

    public void Flush(string streamId)
    {
        if (!_perStream.ContainsKey(streamId)) return;
        foreach (var waiting in _waiting)
        {
            if (waiting.IsFlushed || waiting.Item.StreamId != streamId) continue;
            waiting.IsFlushed = true;
            _flushed++;
        }
    }

    private WorkItem Remove(LinkedListNode<Waiting> node)
    {
        _waiting.Remove(node);
        var item = node.Value.Item;
        if (node.Value.IsFlushed) _flushed--;
        var left = --CollectionsMarshal.GetValueRefOrAddDefault(_perStream, item.StreamId, out _);
        if (left == options.BatchSize - 1) _fullBatches--;
        if (left == 0) _perStream.Remove(item.StreamId);
        return item;
    }
}

/// <summary>An item that waits. A joined item may take its place.</summary>
internal sealed class Waiting(WorkItem item)
{
    public WorkItem Item { get; set; } = item;

    public TimeSpan Since { get; init; }

    public bool IsFlushed { get; set; }
}
