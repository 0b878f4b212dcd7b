namespace Parley.Log;

/// <summary>
/// What waits for one viewer: bounded, filled by the stream's writer, which never waits, and emptied by the viewer. Partials give way first; a viewer
/// that would lose a fact is closed.
/// </summary>
internal sealed class ViewerQueue(string stream, long afterEventId, int capacity)
{
    private readonly Lock _lock = new();
    private readonly List<LogRecord> _waiting = [];
    private Exception? _closed;
    private long _published;
    private bool _live;

    public string Stream { get; } = stream;

    /// <summary>The last fact taken, from here or from the log. Only the viewer's side sets it.</summary>
    public long LastEventId { get; set; } = afterEventId;

    /// <summary>
    /// Adds facts that were appended together. They may be more than there is room for: nobody could have taken them sooner. A viewer is too slow that
    /// still has all its room full from before.
    /// </summary>
    /// <returns>The number of partials that were dropped, and whether the viewer should look.</returns>
    public (int Dropped, bool HasNews) Offer(IReadOnlyList<LogRecord> facts)
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
            return (dropped, _closed is not null || _waiting.Count > 0);
        }
    }

    /// <summary>Adds what is no fact.</summary>
    /// <returns>Whether that cost a partial, perhaps this one, and whether the viewer should look.</returns>
    public (bool Dropped, bool HasNews) OfferPartial(LogRecord partial)
    {
        lock (_lock)
        {
            if (!_live || _closed is not null)
                return (false, false);
            var dropped = _waiting.Count >= capacity;
            if (dropped && !DropPartial())
                return (true, false);
            _waiting.Add(partial);
            return (dropped, true);
        }
    }

    public void Close(Exception reason)
    {
        lock (_lock)
            _closed ??= reason;
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

    private bool DropPartial()
    {
        var partial = _waiting.FindIndex(waiting => waiting.Seq == 0);
        if (partial >= 0)
            _waiting.RemoveAt(partial);
        return partial >= 0;
    }
}
