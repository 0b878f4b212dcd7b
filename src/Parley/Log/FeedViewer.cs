using System.Threading.Tasks.Sources;

namespace Parley.Log;

// One viewer's queue: bounded, filled by the stream's loop, emptied by whoever shows it. It only ever makes the viewer wait.
internal sealed class FeedViewer(string stream, long afterEventId, int capacity) : IValueTaskSource
{
    private readonly Lock _lock = new();
    private readonly List<LogRecord> _waiting = [];

    // One for all waits: thousands of viewers wait nearly always, and what each wait leaves behind would be old by the time it is of no more use.
    private ManualResetValueTaskSourceCore<bool> _arrival = new() { RunContinuationsAsynchronously = true };
    private bool _isAwaited;
    private Exception? _closed;
    private long _published;
    private bool _live;

    public string Stream { get; } = stream;

    /// <summary>The last fact shown. Only the viewer's own side reads and writes it.</summary>
    public long LastEventId { get; set; } = afterEventId;

    /// <summary>Whether the stream had ended and everything in it was shown. Only the viewer's own side reads and writes it.</summary>
    public bool HasReadAll { get; set; }

    /// <summary>
    /// Adds facts that were appended together. Says how many partials that cost. They may be more than there is room for: nobody could have taken them
    /// sooner. A viewer is too slow that still has all its room full from before.
    /// </summary>
    public int Offer(IReadOnlyList<LogRecord> facts)
    {
        lock (_lock)
        {
            var dropped = 0;
            var isBehind = _waiting.Count >= capacity && _waiting.TrueForAll(waiting => waiting.Seq != 0);
            foreach (var fact in facts)
            {
                if (fact.EventId <= _published)
                    continue;
                _published = fact.EventId;
                if (!_live || _closed is not null)
                    continue;
                if (isBehind)
                {
                    _closed = new SlowViewerException(Stream, LastEventId);
                    continue;
                }
                if (_waiting.Count >= capacity && DropPartial())
                    dropped++;
                _waiting.Add(fact);
            }
            Arrive();
            return dropped;
        }
    }

    /// <summary>Adds what is no fact. True where that cost a partial, perhaps this one.</summary>
    public bool OfferPartial(LogRecord partial)
    {
        lock (_lock)
        {
            if (!_live || _closed is not null)
                return false;
            var dropped = _waiting.Count >= capacity;
            if (dropped && !DropPartial())
                return true;
            _waiting.Add(partial);
            Arrive();
            return dropped;
        }
    }

    public void Close(Exception reason)
    {
        lock (_lock)
        {
            _closed ??= reason;
            Arrive();
        }
    }

    /// <summary>From here on everything is queued; false where something was published that the viewer has not read from the log yet.</summary>
    public bool TryGoLive()
    {
        lock (_lock)
        {
            if (_published > LastEventId)
                return false;
            // What is in the log may be published later than it was read.
            _published = LastEventId;
            return _live = true;
        }
    }

    /// <summary>Takes what waits first; false where nothing does.</summary>
    public bool TryTake(out LogRecord next)
    {
        lock (_lock)
        {
            if (_closed is not null)
                throw _closed;
            next = _waiting.Count > 0 ? _waiting[0] : default;
            if (_waiting.Count == 0)
                return false;
            _waiting.RemoveAt(0);
            LastEventId = Math.Max(LastEventId, next.EventId);
            return true;
        }
    }

    /// <summary>Waits until there is something to take. For one caller at a time.</summary>
    public ValueTask ArrivalAsync()
    {
        lock (_lock)
        {
            if (_closed is not null || _waiting.Count > 0)
                return ValueTask.CompletedTask;
            _arrival.Reset();
            _isAwaited = true;
            return new ValueTask(this, _arrival.Version);
        }
    }

    void IValueTaskSource.GetResult(short token) => _arrival.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _arrival.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _arrival.OnCompleted(continuation, state, token, flags);

    private void Arrive()
    {
        if (!_isAwaited)
            return;
        _isAwaited = false;
        _arrival.SetResult(true);
    }

    private bool DropPartial()
    {
        var partial = _waiting.FindIndex(waiting => waiting.Seq == 0);
        if (partial >= 0)
            _waiting.RemoveAt(partial);
        return partial >= 0;
    }
}
