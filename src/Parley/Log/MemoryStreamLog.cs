namespace Parley.Log;

internal sealed class MemoryStreamLog(string stream)
{
    private readonly Lock _lock = new();
    private readonly List<LogRecord> _facts = [];
    private readonly List<int> _events = [];
    private LogCheckpoint? _checkpoint;
    private DateTimeOffset _startedAt;
    private DateTimeOffset? _endedAt;
    private DateTimeOffset? _erasedAt;

    public void Append(long expectedSeq, IReadOnlyList<LogRecord> records)
    {
        lock (_lock)
        {
            ThrowIfErased();
            AppendRules.Check(stream, _facts.Count, _events.Count, expectedSeq, records);
            if (_facts.Count == 0)
                _startedAt = records[0].At;
            foreach (var record in records)
            {
                if (record.EventId != 0)
                    _events.Add(_facts.Count);
                if (record.Type == LogRecord.EndOfStream)
                    _endedAt ??= record.At;
                _facts.Add(record);
            }
        }
    }

    public IReadOnlyList<LogRecord> After(long seq)
    {
        lock (_lock)
        {
            ThrowIfErased();
            return [.. _facts.Skip((int)long.Clamp(seq, 0, _facts.Count))];
        }
    }

    public IReadOnlyList<LogRecord> EventsAfter(long eventId)
    {
        lock (_lock)
        {
            ThrowIfErased();
            return [.. _events.Skip((int)long.Clamp(eventId, 0, _events.Count)).Select(place => _facts[place])];
        }
    }

    public StreamHead Head()
    {
        lock (_lock)
            return new StreamHead(stream, _facts.Count, _events.Count, _startedAt, _endedAt, _erasedAt);
    }

    public void Save(LogCheckpoint checkpoint)
    {
        lock (_lock)
        {
            ThrowIfErased();
            if (checkpoint.Seq < 1 || checkpoint.Seq > _facts.Count)
                throw new ArgumentException($"{stream} has no fact {checkpoint.Seq}.", nameof(checkpoint));
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

    public bool Erase(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_erasedAt is not null)
                return false;
            _facts.Clear();
            _events.Clear();
            (_checkpoint, _erasedAt) = (null, now);
            return true;
        }
    }

    private void ThrowIfErased()
    {
        if (_erasedAt is not null)
            throw new StreamErasedException(stream);
    }
}
