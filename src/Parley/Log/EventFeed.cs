using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Parley.Telemetry;

namespace Parley.Log;

/// <summary>
/// What viewers of a stream see: what is stored first, then what happens, no gap and no repeat. Nobody is waited for: a viewer that reads
/// slowly loses partials first, and is closed with <see cref="SlowViewerException"/> before it would lose a fact.
/// </summary>
/// <param name="log">Where the facts are; everything published is in it before.</param>
/// <param name="viewerCapacity">How many events wait for one viewer, from 1; 100.</param>
/// <param name="telemetry">Takes figures; null for none.</param>
public sealed class EventFeed(IEventLog log, int viewerCapacity = 100, ParleyTelemetry? telemetry = null)
{
    private readonly int _capacity = viewerCapacity >= 1 ? viewerCapacity : throw new ArgumentOutOfRangeException(nameof(viewerCapacity));
    private readonly ConcurrentDictionary<string, FeedViewer[]> _viewers = new(StringComparer.Ordinal);
    private long _partialsDropped;

    /// <summary>Asked for what is going on in a stream, for a viewer that has just come: partials, soon or not at all.</summary>
    internal Func<string, Action<LogRecord>, Task>? Newcomer { get; init; }

    /// <summary>Partials that were not shown because a viewer read too slowly.</summary>
    public long PartialsDropped => Interlocked.Read(ref _partialsDropped);

    /// <summary>Viewers that are here now.</summary>
    public int Viewers => _viewers.Values.Sum(viewers => viewers.Length);

    /// <summary>Whether anybody follows a stream: what is shown to nobody need not be made.</summary>
    public bool IsWatched(string stream) => _viewers.ContainsKey(stream);

    /// <summary>Shows facts that the log has just acknowledged. Per stream, call it in the order of their numbers.</summary>
    public void Publish(string stream, IReadOnlyList<LogRecord> facts)
    {
        foreach (var viewer in Watching(stream))
        {
            for (var dropped = viewer.Offer(facts); dropped > 0; dropped--)
                Count(true);
        }
    }

    /// <summary>Shows what is no fact and may be dropped. Its <see cref="LogRecord.EventId"/> is the last fact's before it.</summary>
    public void PublishPartial(string stream, LogRecord partial)
    {
        foreach (var viewer in Watching(stream))
            Count(viewer.OfferPartial(partial with { Seq = 0 }));
    }

    /// <summary>Tells the viewers of a stream that it was erased.</summary>
    public void PublishErasure(string stream)
    {
        foreach (var viewer in Watching(stream))
            viewer.Close(new StreamErasedException(stream));
    }

    /// <summary>
    /// Follows a stream from <paramref name="afterEventId"/> on: facts, and partials with <see cref="LogRecord.Seq"/> 0; behind what is stored, what
    /// people are in the middle of saying. Ends at the stream's end; where it had ended before, after all that is stored.
    /// </summary>
    /// <exception cref="SlowViewerException">The viewer reads too slowly; it may resume after the event named there.</exception>
    /// <exception cref="StreamErasedException">The stream was erased.</exception>
    public async IAsyncEnumerable<LogRecord> FollowAsync(
        string stream, long afterEventId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var viewer = new FeedViewer(stream, afterEventId, _capacity);
        Add(viewer);
        try
        {
            // While it catches up nothing waits for the viewer: what is published meanwhile is in the log, and read there.
            do
            {
                await foreach (var fact in log.ReadEventsAsync(stream, viewer.LastEventId, cancellationToken))
                {
                    viewer.LastEventId = fact.EventId;
                    yield return fact;
                }
            }
            while (!viewer.TryGoLive() || await EndedBeyondAsync(viewer, cancellationToken));
            if (viewer.HasReadAll)
                yield break;
            if (Newcomer is { } ask) await ask(stream, partial => Count(viewer.OfferPartial(partial))).WaitAsync(cancellationToken);

            // Once for all it waits for, not once for each.
            await using var left = cancellationToken.Register(() => viewer.Close(new OperationCanceledException(cancellationToken)));
            var isOver = false;
            while (!isOver)
            {
                await viewer.ArrivalAsync();
                if (!viewer.TryTake(out var next))
                    continue;
                isOver = next.Seq != 0 && next.Type == LogRecord.EndOfStream;
                yield return next;
            }
        }
        finally
        {
            Remove(viewer);
        }
    }

    // Asked once the viewer is live: a stream that is still open then will end before its eyes.
    private async ValueTask<bool> EndedBeyondAsync(FeedViewer viewer, CancellationToken cancellationToken)
    {
        var head = await log.FindAsync(viewer.Stream, cancellationToken);
        if (head?.State == StreamState.Erased)
            throw new StreamErasedException(viewer.Stream);
        var ended = head?.State == StreamState.Ended;
        viewer.HasReadAll = ended && head!.EventId <= viewer.LastEventId;
        return ended && !viewer.HasReadAll;
    }

    private FeedViewer[] Watching(string stream) => _viewers.TryGetValue(stream, out var viewers) ? viewers : [];

    private void Count(bool dropped)
    {
        if (!dropped)
            return;
        Interlocked.Increment(ref _partialsDropped);
        telemetry?.PartialsDropped(1);
    }

    private void Add(FeedViewer viewer) => _viewers.AddOrUpdate(viewer.Stream, [viewer], (_, others) => [.. others, viewer]);

    private void Remove(FeedViewer viewer)
    {
        while (_viewers.TryGetValue(viewer.Stream, out var viewers))
        {
            var left = Array.FindAll(viewers, other => other != viewer);
            if (left.Length == 0 ? _viewers.TryRemove(new(viewer.Stream, viewers)) : _viewers.TryUpdate(viewer.Stream, left, viewers))
                return;
        }
    }
}
