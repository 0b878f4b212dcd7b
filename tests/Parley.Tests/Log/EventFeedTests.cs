using Parley.Log;

namespace Parley.Tests.Log;

public sealed class EventFeedTests : IAsyncDisposable
{
    private const int Capacity = 5;

    private readonly MemoryEventLog _log = new();
    private readonly EventFeed _feed;
    private long _last;

    public EventFeedTests() => _feed = new EventFeed(_log, Capacity);

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task What_is_stored_comes_first_then_what_happens()
    {
        await SayAsync(3);
        await using var viewer = Follow(0);
        Assert.Equal([1, 2, 3], await TakeAsync(viewer, 3));
        await SayAsync(2);
        Assert.Equal([4, 5], await TakeAsync(viewer, 2));
    }

    [Fact]
    public async Task A_viewer_that_comes_back_gets_what_it_missed_and_nothing_twice()
    {
        await SayAsync(4);
        await using var viewer = Follow(2);
        Assert.Equal([3, 4], await TakeAsync(viewer, 2));
    }

    [Fact]
    public async Task A_viewer_may_come_before_the_stream()
    {
        await using var viewer = Follow(0);
        var first = viewer.MoveNextAsync();
        Assert.False(first.IsCompleted);
        await SayAsync(1);
        Assert.True(await first);
        Assert.Equal(1, viewer.Current.EventId);
    }

    [Fact]
    public async Task What_is_published_while_a_viewer_reads_the_log_comes_once()
    {
        await SayAsync(2);
        await using var viewer = Follow(0);
        Assert.Equal([1], await TakeAsync(viewer, 1));
        // More than its queue holds, while it is still in the middle of what is stored.
        await SayAsync(Capacity * 3);
        Assert.Equal(Enumerable.Range(2, 16).Select(id => (long)id), await TakeAsync(viewer, 16));
    }

    [Fact]
    public async Task What_was_read_from_the_log_before_it_was_published_comes_once()
    {
        await SayAsync(1);
        var fact = Fact(2);
        await _log.AppendAsync("a", 1, [fact]);
        await using var viewer = Follow(0);
        Assert.Equal([1, 2], await TakeAsync(viewer, 2));
        var next = viewer.MoveNextAsync();
        _feed.Publish("a", [fact]);
        _last = 2;
        await SayAsync(1);
        Assert.True(await next);
        Assert.Equal(3, viewer.Current.EventId);
    }

    [Fact]
    public async Task Facts_that_viewers_do_not_get_are_left_out()
    {
        await using var viewer = Follow(0);
        var next = viewer.MoveNextAsync();
        LogRecord[] facts = [new(1, 0, default, "CHUNK", default), new(2, 1, default, "TEST", default)];
        await _log.AppendAsync("a", 0, facts);
        _feed.Publish("a", facts);
        Assert.True(await next);
        Assert.Equal((2, 1), (viewer.Current.Seq, viewer.Current.EventId));
    }

    [Fact]
    public async Task A_slow_viewer_loses_the_oldest_partials_first()
    {
        await using var viewer = await LiveAsync();
        for (var partial = 0; partial < 3; partial++)
            Hint($"p{partial}");
        await SayAsync(Capacity - 1);
        Assert.Equal(2, _feed.PartialsDropped);
        Assert.True(await viewer.MoveNextAsync());
        Assert.Equal((0, "p2"), (viewer.Current.Seq, viewer.Current.Type));
        Assert.Equal([2, 3, 4, 5], await TakeAsync(viewer, 4));
    }

    [Fact]
    public async Task A_partial_never_drives_out_a_fact()
    {
        await using var viewer = await LiveAsync();
        await SayAsync(Capacity);
        Hint("late");
        Assert.Equal(1, _feed.PartialsDropped);
        Assert.Equal([2, 3, 4, 5, 6], await TakeAsync(viewer, 5));
    }

    [Fact]
    public async Task A_viewer_that_would_lose_a_fact_is_closed_and_may_resume()
    {
        await using var viewer = await LiveAsync();
        await SayAsync(Capacity + 1);
        var closed = await Assert.ThrowsAsync<SlowViewerException>(async () => await viewer.MoveNextAsync());
        Assert.Equal(1, closed.LastEventId);
        await using var again = Follow(closed.LastEventId);
        Assert.Equal([2, 3, 4, 5, 6, 7], await TakeAsync(again, 6));
    }

    [Fact]
    public async Task Facts_that_come_together_are_not_too_many_for_a_viewer_that_keeps_up()
    {
        await using var viewer = await LiveAsync();
        await SayTogetherAsync(Capacity * 4);
        Assert.Equal(Enumerable.Range(2, Capacity * 4).Select(id => (long)id), await TakeAsync(viewer, Capacity * 4));
        await SayTogetherAsync(Capacity * 4);
        await SayAsync(1);
        await Assert.ThrowsAsync<SlowViewerException>(async () => await viewer.MoveNextAsync());
    }

    [Fact]
    public async Task A_slow_viewer_does_not_harm_another()
    {
        await using var slow = await LiveAsync();
        await using var quick = Follow(1);
        for (long id = 2; id < 20; id++)
        {
            var next = quick.MoveNextAsync();
            await SayAsync(1);
            Assert.True(await next);
            Assert.Equal(id, quick.Current.EventId);
        }
        await Assert.ThrowsAsync<SlowViewerException>(async () => await slow.MoveNextAsync());
    }

    [Fact]
    public async Task A_live_feed_ends_with_its_stream()
    {
        await using var viewer = await LiveAsync();
        await EndAsync();
        Assert.Equal([2], await TakeAsync(viewer, 1));
        Assert.False(await viewer.MoveNextAsync());
        Assert.Equal(0, _feed.Viewers);
    }

    [Fact]
    public async Task Of_a_stream_that_has_ended_everything_is_shown_and_late_results_too()
    {
        await SayAsync(1);
        await EndAsync();
        await SayAsync(1);
        await using var viewer = Follow(0);
        Assert.Equal([1, 2, 3], await TakeAsync(viewer, 3));
        Assert.False(await viewer.MoveNextAsync());
        await using var late = Follow(3);
        Assert.False(await late.MoveNextAsync());
    }

    [Fact]
    public async Task The_end_is_shown_when_it_is_stored_after_the_viewer_read_and_before_it_is_published()
    {
        await SayAsync(1);
        await using var viewer = Follow(0);
        Assert.Equal([1], await TakeAsync(viewer, 1));
        await _log.AppendAsync("a", 1, [Fact(2) with { Type = LogRecord.EndOfStream }]);
        Assert.Equal([2], await TakeAsync(viewer, 1));
        Assert.False(await viewer.MoveNextAsync());
    }

    [Fact]
    public async Task Erasing_a_stream_closes_its_viewers()
    {
        await using var viewer = await LiveAsync();
        await _log.EraseAsync("a");
        _feed.PublishErasure("a");
        await Assert.ThrowsAsync<StreamErasedException>(async () => await viewer.MoveNextAsync());
        await Assert.ThrowsAsync<StreamErasedException>(async () => await Follow(0).MoveNextAsync());
    }

    [Fact]
    public async Task A_viewer_that_leaves_is_forgotten()
    {
        using var leaving = new CancellationTokenSource();
        var viewer = _feed.FollowAsync("a", 0, leaving.Token).GetAsyncEnumerator(leaving.Token);
        var next = viewer.MoveNextAsync();
        Assert.Equal(1, _feed.Viewers);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        Assert.Equal(0, _feed.Viewers);
    }

    [Fact]
    public async Task Whatever_the_timing_no_viewer_misses_a_fact_or_gets_one_twice()
    {
        const int Total = 3000;
        var feed = new EventFeed(_log, viewerCapacity: Total);
        var viewers = Enumerable.Range(0, 4).Select(number => Task.Run(async () =>
        {
            var seen = new List<long>();
            await foreach (var fact in feed.FollowAsync("a", number * 100))
                seen.Add(fact.EventId);
            return seen;
        })).ToArray();
        for (long seq = 0; seq < Total; seq++)
        {
            var fact = Fact(seq + 1) with { Type = seq + 1 == Total ? LogRecord.EndOfStream : "TEST" };
            await _log.AppendAsync("a", seq, [fact]);
            feed.Publish("a", [fact]);
        }
        foreach (var (number, seen) in (await Task.WhenAll(viewers)).Index())
            Assert.Equal(Enumerable.Range((number * 100) + 1, Total - (number * 100)).Select(id => (long)id), seen);
    }

    private IAsyncEnumerator<LogRecord> Follow(long after) => _feed.FollowAsync("a", after).GetAsyncEnumerator();

    /// <summary>A viewer that has read event 1 and waits: from here on everything is queued for it.</summary>
    private async Task<IAsyncEnumerator<LogRecord>> LiveAsync()
    {
        var viewer = Follow(0);
        var first = viewer.MoveNextAsync();
        await SayAsync(1);
        Assert.True(await first);
        return viewer;
    }

    private async Task SayAsync(int facts)
    {
        for (var i = 0; i < facts; i++)
            await AppendAsync(Fact(_last + 1));
    }

    private async Task SayTogetherAsync(int count)
    {
        LogRecord[] facts = [.. Enumerable.Range(1, count).Select(i => Fact(_last + i))];
        await _log.AppendAsync("a", _last, facts);
        _last += count;
        _feed.Publish("a", facts);
    }

    private Task EndAsync() => AppendAsync(Fact(_last + 1) with { Type = LogRecord.EndOfStream });

    private async Task AppendAsync(LogRecord fact)
    {
        await _log.AppendAsync("a", _last, [fact]);
        _last = fact.Seq;
        _feed.Publish("a", [fact]);
    }

    private void Hint(string type) => _feed.PublishPartial("a", new LogRecord(0, _last, default, type, default));

    private static LogRecord Fact(long id) => new(id, id, default, "TEST", default);

    private static async Task<List<long>> TakeAsync(IAsyncEnumerator<LogRecord> viewer, int count)
    {
        var seen = new List<long>();
        for (var i = 0; i < count; i++)
        {
            Assert.True(await viewer.MoveNextAsync());
            seen.Add(viewer.Current.EventId);
        }
        return seen;
    }
}
