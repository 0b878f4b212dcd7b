namespace Parley.Log;

// One viewer's queue: bounded, filled by the stream's loop, emptied by whoever shows it. It only ever makes the viewer wait.
internal sealed class FeedViewer(string stream, long afterEventId, int capacity)
{
    private readonly Lock _lock = new();
    private readonly List<LogRecord> _waiting = [];
    private TaskCompletionSource? _arrival;
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
            _arrival?.TrySetResult();
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
            _arrival?.TrySetResult();
            return dropped;
        }
    }

    public void Close(Exception reason)
    {
        lock (_lock)
        {
            _closed ??= reason;
            _arrival?.TrySetResult();
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

    public async ValueTask<LogRecord> TakeAsync()
    {
        while (true)
        {
            Task arrival;
            lock (_lock)
            {
                if (_closed is not null)
                    throw _closed;
                if (_waiting.Count > 0)
                {
                    var next = _waiting[0];
                    _waiting.RemoveAt(0);
                    LastEventId = Math.Max(LastEventId, next.EventId);
                    return next;
                }
                _arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                arrival = _arrival.Task;
            }
            await arrival;
        }
    }

    private bool DropPartial()
    {
        var partial = _waiting.FindIndex(waiting => waiting.Seq == 0);
        if (partial >= 0)
            _waiting.RemoveAt(partial);
        return partial >= 0;
    }
}
