using System.Collections.Concurrent;
using System.Collections.Immutable;
using Parley.Telemetry;

namespace Parley.Log;

/// <summary>
/// Tells subscriptions what happens in the streams that this process writes. The writer never waits for them: a viewer that reads slowly loses
/// partials first, and is closed with <see cref="SlowViewerException"/> before it would lose a fact.
/// </summary>
/// <param name="log">Where the facts are; everything published is in it before.</param>
/// <param name="viewerCapacity">How many events wait for one viewer, from 1; 100.</param>
/// <param name="telemetry">Takes figures; null for none.</param>
public sealed class EventFeed(IEventLog log, int viewerCapacity = 100, ParleyTelemetry? telemetry = null)
{
    private readonly int _capacity = viewerCapacity >= 1 ? viewerCapacity : throw new ArgumentOutOfRangeException(nameof(viewerCapacity));
    private readonly ConcurrentDictionary<string, StreamSubscription[]> _viewers = new(StringComparer.Ordinal);
    private ImmutableArray<LogSubscription> _followers = [];
    private long _partialsDropped;

    /// <summary>Partials that were not shown because a viewer read too slowly.</summary>
    public long PartialsDropped => Interlocked.Read(ref _partialsDropped);

    /// <summary>Viewers that are here now.</summary>
    public int Viewers => _viewers.Values.Sum(viewers => viewers.Length);

    /// <summary>Whether anybody follows a stream: what is shown to nobody need not be made.</summary>
    public bool IsWatched(string stream) => _viewers.ContainsKey(stream);

    /// <summary>Follows one stream: what is stored, then what happens.</summary>
    /// <param name="stream">The stream. It need not be there yet.</param>
    /// <param name="afterEventId">The last event that the viewer has; 0 for none.</param>
    /// <param name="arrived">Called from any thread when there may be something to take; must return at once. Null if the viewer waits.</param>
    public StreamSubscription Subscribe(string stream, long afterEventId, Action? arrived = null) => Subscribe(stream, afterEventId, arrived, null);

    /// <summary>Follows all streams: the list of those that have news.</summary>
    /// <param name="arrived">Called from any thread when there may be something to take; must return at once. Null if the reader waits.</param>
    public LogSubscription SubscribeAll(Action? arrived = null)
    {
        var follower = new LogSubscription(this, log, arrived);
        ImmutableInterlocked.Update(ref _followers, followers => followers.Add(follower));
        return follower;
    }

    /// <summary>Shows facts that the log has just acknowledged. Per stream, call it in the order of their numbers.</summary>
    public void Publish(string stream, IReadOnlyList<LogRecord> facts)
    {
        foreach (var viewer in Watching(stream))
        {
            for (var dropped = viewer.Offer(facts); dropped > 0; dropped--)
                Count(true);
        }

        Tell(stream, facts);
    }

    /// <summary>Shows what is no fact and may be dropped. Its <see cref="LogRecord.EventId"/> is the last fact's before it.</summary>
    public void PublishPartial(string stream, LogRecord partial)
    {
        foreach (var viewer in Watching(stream))
            PublishPartial(viewer, partial);
    }

    /// <summary>Tells the viewers of a stream that it was erased.</summary>
    public void PublishErasure(string stream)
    {
        foreach (var viewer in Watching(stream))
            viewer.Close(new StreamErasedException(stream));
        foreach (var follower in _followers)
            follower.Add(stream);
    }

    /// <summary>Shows what is no fact to one viewer.</summary>
    internal void PublishPartial(StreamSubscription viewer, LogRecord partial) => Count(viewer.OfferPartial(partial with { Seq = 0 }));

    /// <summary>The same as the public one, for a caller that has more to show once everything that is stored was read.</summary>
    internal StreamSubscription Subscribe(string stream, long afterEventId, Action? arrived, Func<StreamSubscription, ValueTask>? caughtUp)
    {
        var viewer = new StreamSubscription(this, log, new ViewerQueue(stream, afterEventId, _capacity), arrived, caughtUp);
        _viewers.AddOrUpdate(stream, [viewer], (_, others) => [.. others, viewer]);
        viewer.Read();
        return viewer;
    }

    internal void Remove(LogSubscription follower) => ImmutableInterlocked.Update(ref _followers, followers => followers.Remove(follower));

    internal void Remove(StreamSubscription viewer)
    {
        while (_viewers.TryGetValue(viewer.Stream, out var viewers))
        {
            var left = Array.FindAll(viewers, other => other != viewer);
            if (left.Length == 0 ? _viewers.TryRemove(new(viewer.Stream, viewers)) : _viewers.TryUpdate(viewer.Stream, left, viewers))
                return;
        }
    }

    private StreamSubscription[] Watching(string stream) => _viewers.TryGetValue(stream, out var viewers) ? viewers : [];

    private void Tell(string stream, IReadOnlyList<LogRecord> facts)
    {
        var followers = _followers;
        if (followers.IsEmpty || !facts.Any(fact => fact.EventId != 0))
            return;
        foreach (var follower in followers)
            follower.Add(stream);
    }

    private void Count(bool dropped)
    {
        if (!dropped)
            return;
        Interlocked.Increment(ref _partialsDropped);
        telemetry?.PartialsDropped(1);
    }
}
