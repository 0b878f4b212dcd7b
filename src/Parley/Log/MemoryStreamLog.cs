namespace Parley.Log;

/// <summary>One stream of a memory log.</summary>
/// <param name="stream">Its name.</param>
/// <param name="number">Its number among the streams of the log.</param>
/// <param name="epoch">The epoch of its first owner.</param>
/// <param name="index">Where it is entered, with its first facts.</param>
internal sealed class MemoryStreamLog(string stream, long number, long epoch, MemoryStreamIndex index)
{
    private readonly Lock _lock = new();
    private readonly List<LogRecord> _facts = [];
    private readonly List<int> _events = [];
    private LogCheckpoint? _checkpoint;
    private StreamHead _head = new(stream, 0, 0, default, null, null) { Number = number, Epoch = epoch };

    public string Stream => stream;

    public long Number => number;

    public StreamHead Acquire(long next)
    {
        lock (_lock)
        {
            ThrowIfErased();
            _head = _head with { Epoch = next };
            return Head();
        }
    }

    public void Append(long named, long expectedSeq, IReadOnlyList<LogRecord> records, StreamChange? change)
    {
        lock (_lock)
        {
            ThrowUnlessOwned(named);
            AppendRules.Check(stream, _facts.Count, _events.Count, expectedSeq, records);
            Add(records, change);
        }
    }

    public IReadOnlyList<LogRecord> After(long seq, int limit)
    {
        lock (_lock)
        {
            ThrowIfErased();
            var start = (int)long.Clamp(seq, 0, _facts.Count);
            return _facts.GetRange(start, Math.Min(limit, _facts.Count - start));
        }
    }

    public IReadOnlyList<LogRecord> EventsAfter(long eventId, int limit)
    {
        lock (_lock)
        {
            ThrowIfErased();
            var start = (int)long.Clamp(eventId, 0, _events.Count);
            return _events.GetRange(start, Math.Min(limit, _events.Count - start)).ConvertAll(place => _facts[place]);
        }
    }

    public StreamHead Head()
    {
        lock (_lock)
            return _head with { Seq = _facts.Count, EventId = _events.Count };
    }

    /// <summary>Gets when it ended, or while it is open when its last fact was decided; null once it is erased.</summary>
    public DateTimeOffset? LastAt
    {
        get
        {
            lock (_lock)
                return _facts.Count == 0 ? null : _head.EndedAt ?? _facts[^1].At;
        }
    }

    public void Save(long named, LogCheckpoint checkpoint)
    {
        lock (_lock)
        {
            ThrowUnlessOwned(named);
            AppendRules.CheckCheckpoint(stream, _facts.Count, checkpoint);
            if (_checkpoint is null || checkpoint.Seq >= _checkpoint.Seq)
                _checkpoint = checkpoint;
        }
    }

    public LogCheckpoint? Load()
    {
        lock (_lock)
        {
            ThrowIfErased();
            return _checkpoint;
        }
    }

    public void SetDue(long named, DateTimeOffset? dueAt)
    {
        lock (_lock)
        {
            ThrowUnlessOwned(named);
            Set(_head with { DueAt = dueAt });
        }
    }

    public void Save(StreamMetadata metadata)
    {
        lock (_lock)
        {
            ThrowIfErased();
            Set(With(_head, metadata));
        }
    }

    public bool Erase(long named, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_head.ErasedAt is not null)
                return false;
            AppendRules.CheckEpoch(stream, _head.Epoch, named, _facts.Count);
            _facts.Clear();
            _events.Clear();
            _checkpoint = null;
            Set(_head with { ErasedAt = now, DueAt = null, Client = null, Metadata = StreamMetadata.None });
            return true;
        }
    }

    private void Add(IReadOnlyList<LogRecord> records, StreamChange? change)
    {
        if (_facts.Count == 0 || change is not null)
            Set(Changed(_facts.Count == 0 ? _head with { StartedAt = records[0].At } : _head, change));
        foreach (var record in records)
        {
            if (record.EventId != 0)
                _events.Add(_facts.Count);
            if (record.Type == LogRecord.EndOfStream && _head.EndedAt is null)
                Set(_head with { EndedAt = record.At, DueAt = change?.DueAt });
            _facts.Add(record);
        }
    }

    private StreamHead Changed(StreamHead head, StreamChange? change)
    {
        if (change?.Metadata is { } metadata)
            head = With(head, metadata);
        if (change?.DueAt is { } dueAt)
            head = head with { DueAt = dueAt };
        return change?.Client is { } client ? head with { Client = client } : head;
    }

    private void Set(StreamHead head)
    {
        index.Set(this, head);
        _head = head;
    }

    private StreamHead With(StreamHead head, StreamMetadata metadata)
    {
        AppendRules.CheckMetadata(stream, head.Metadata.Revision, metadata);
        string[] labels = [.. metadata.Labels.Order(StringComparer.Ordinal)];
        return head with { Metadata = metadata with { Labels = labels, Revision = metadata.Revision + 1 } };
    }

    private void ThrowUnlessOwned(long named)
    {
        ThrowIfErased();
        AppendRules.CheckEpoch(stream, _head.Epoch, named, _facts.Count);
    }

    private void ThrowIfErased()
    {
        if (_head.ErasedAt is not null)
            throw new StreamErasedException(stream);
    }
}
