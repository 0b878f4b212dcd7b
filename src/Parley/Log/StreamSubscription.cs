namespace Parley.Log;

/// <summary>
/// One stream for one viewer: what is stored after its position first, page by page from the log, then what happens, from a bounded queue; no gap and no
/// repeat. Ends with the stream; where that had ended before, after all that is stored.
/// </summary>
public sealed class StreamSubscription : Subscription<LogRecord>
{
    private const int PageEvents = 512;
    private const int PageBytes = 1 << 20;

    private readonly EventFeed _feed;
    private readonly IEventLog _log;
    private readonly ViewerQueue _queue;
    private readonly Func<StreamSubscription, ValueTask>? _caughtUp;
    private readonly CancellationTokenSource _stop = new();
    private List<LogRecord> _page = [];
    private int _taken;
    private Task _reading = Task.CompletedTask;
    private volatile Stage _stage;

    internal StreamSubscription(EventFeed feed, IEventLog log, ViewerQueue queue, Action? arrived, Func<StreamSubscription, ValueTask>? caughtUp)
        : base(arrived) => (_feed, _log, _queue, _caughtUp) = (feed, log, queue, caughtUp);

    private enum Stage
    {
        /// <summary>The next page is being read.</summary>
        Reading,

        /// <summary>A page was read, or the reader has not begun yet.</summary>
        Stored,

        /// <summary>What happens is queued.</summary>
        Live,

        /// <summary>Nothing more comes.</summary>
        Ended,
    }

    /// <summary>Gets the name of the stream.</summary>
    public string Stream => _queue.Stream;

    /// <summary>Gets the position: the number of the last event that was taken.</summary>
    public long LastEventId => _queue.LastEventId;

    /// <inheritdoc/>
    public override bool HasEnded => _stage == Stage.Ended;

    /// <summary>Takes the next fact or partial; a partial has <see cref="LogRecord.Seq"/> 0.</summary>
    /// <exception cref="SlowViewerException">The viewer reads too slowly; it may resume after the event named there.</exception>
    /// <exception cref="StreamErasedException">The stream was erased.</exception>
    /// <exception cref="EventLogUnavailableException">The log cannot be read.</exception>
    public override bool TryTake(out LogRecord next)
    {
        next = default;
        while (true)
        {
            switch (_stage)
            {
                case Stage.Stored when _taken < _page.Count:
                    next = _page[_taken++];
                    _queue.LastEventId = next.EventId;
                    return true;
                case Stage.Stored:
                    Read();
                    break;
                case Stage.Live:
                    if (!_queue.TryTake(out next))
                        return false;
                    if (next.Seq != 0 && next.Type == LogRecord.EndOfStream)
                        _stage = Stage.Ended;
                    return true;
                default:
                    return false;
            }
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _feed.Remove(this);
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
    }

    /// <summary>Begins to read what is stored.</summary>
    internal void Read()
    {
        _stage = Stage.Reading;
        _reading = ReadAsync();
    }

    internal int Offer(IReadOnlyList<LogRecord> facts)
    {
        var (dropped, hasNews) = _queue.Offer(facts);
        if (hasNews)
            Wake();
        return dropped;
    }

    /// <summary>Shows what is no fact to this viewer. True where that cost a partial, perhaps this one.</summary>
    internal bool OfferPartial(LogRecord partial)
    {
        var (dropped, hasNews) = _queue.OfferPartial(partial);
        if (hasNews)
            Wake();
        return dropped;
    }

    internal void Close(Exception reason)
    {
        _queue.Close(reason);
        Wake();
    }

    // While it reads, nothing waits for the viewer: what is published meanwhile is in the log, and read there.
    private async Task ReadAsync()
    {
        try
        {
            _stage = await NextAsync();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception problem)
        {
            // The viewer learns of it when it takes the next.
            _queue.Close(problem);
            _stage = Stage.Live;
        }

        Wake();
    }

    private async ValueTask<Stage> NextAsync()
    {
        while (true)
        {
            if (await ReadPageAsync())
                return Stage.Stored;
            if (!_queue.TryGoLive())
                continue;
            // Asked once it is live: a stream that is still open then will end before the viewer's eyes.
            var head = await _log.FindAsync(Stream, _stop.Token);
            if (head?.State == StreamState.Erased)
                throw new StreamErasedException(Stream);
            if (head?.State == StreamState.Ended && head.EventId <= LastEventId)
                return Stage.Ended;
            if (head?.State == StreamState.Ended)
                continue;
            if (_caughtUp is not null)
                await _caughtUp(this);
            return Stage.Live;
        }
    }

    private async ValueTask<bool> ReadPageAsync()
    {
        (_page, _taken) = ([], 0);
        var bytes = 0;
        await foreach (var fact in _log.ReadEventsAsync(Stream, LastEventId, _stop.Token))
        {
            _page.Add(fact);
            bytes += fact.Json.Length;
            if (_page.Count == PageEvents || bytes >= PageBytes)
                break;
        }

        return _page.Count > 0;
    }
}
