using System.Diagnostics.CodeAnalysis;

namespace Parley.Log;

/// <summary>
/// All streams of a log for one reader that keeps a position for each: the list of the streams that have news. The reader takes a stream, reads its events
/// after its position, and stores the new position; what is published meanwhile lists the stream again. So each event is read at least once, in the order of
/// its stream, and positions never skip one: they count the events of a stream, which have no gaps.
/// </summary>
/// <remarks>
/// The list holds each stream once, so that it is never longer than the number of streams. It tells of what this process writes; <see cref="ScanAsync"/>
/// finds what happened before, and what other processes wrote.
/// </remarks>
public sealed class LogSubscription : Subscription<string>
{
    private readonly EventFeed _feed;
    private readonly IEventLog _log;
    private readonly Lock _lock = new();
    private readonly Queue<string> _news = new();
    private readonly HashSet<string> _listed = new(StringComparer.Ordinal);

    internal LogSubscription(EventFeed feed, IEventLog log, Action? arrived) : base(arrived) => (_feed, _log) = (feed, log);

    /// <summary>Returns false: a log has no end.</summary>
    public override bool HasEnded => false;

    /// <summary>Takes the stream that has had news for the longest time.</summary>
    public override bool TryTake([MaybeNullWhen(false)] out string next)
    {
        lock (_lock)
        {
            if (!_news.TryDequeue(out next))
                return false;
            _listed.Remove(next);
            return true;
        }
    }

    /// <summary>Lists a stream, such as one that shall be tried again.</summary>
    public void Add(string stream)
    {
        lock (_lock)
        {
            if (!_listed.Add(stream))
                return;
            _news.Enqueue(stream);
        }

        Wake();
    }

    /// <summary>
    /// Lists every stream that has events after the reader's position, and every erased one that has a position. Looks at all streams: at the start, and
    /// now and then where other processes write to the log.
    /// </summary>
    /// <param name="positionOf">The last event of a stream that the reader has; null for a stream that it does not follow.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task ScanAsync(Func<string, ValueTask<long?>> positionOf, CancellationToken cancellationToken = default)
    {
        await foreach (var head in _log.ListAsync(cancellationToken))
        {
            if (await positionOf(head.Stream) is { } position && (head.EventId > position || head.State == StreamState.Erased))
                Add(head.Stream);
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _feed.Remove(this);
        return ValueTask.CompletedTask;
    }
}
