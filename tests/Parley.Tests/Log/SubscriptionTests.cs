using Parley.Log;

namespace Parley.Tests.Log;

/// <summary>Subscriptions that are polled: by a reader that waits, by one that is called, and over all streams.</summary>
public sealed class SubscriptionTests : IAsyncDisposable
{
    private readonly MemoryEventLog _log = new();
    private readonly EventFeed _feed;

    public SubscriptionTests() => _feed = new EventFeed(_log);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task A_viewer_polls_what_is_stored_and_then_what_happens()
    {
        await SayAsync("a", 1, 3);
        await using var viewer = _feed.Subscribe("a", 1);
        Assert.Equal([2, 3], Taken(viewer));
        Assert.Equal(3, viewer.LastEventId);
        await SayAsync("a", 4, 4);
        Assert.Equal([4], Taken(viewer));
        Assert.False(viewer.HasEnded);
    }

    [Fact]
    public async Task A_long_stream_is_read_in_pages_and_once()
    {
        await SayAsync("a", 1, 2_000);
        await using var viewer = _feed.Subscribe("a", 0);
        Assert.Equal(Enumerable.Range(1, 2_000).Select(id => (long)id), Taken(viewer));
    }

    [Fact]
    public async Task A_viewer_that_waits_is_woken_by_what_happens()
    {
        await using var viewer = _feed.Subscribe("a", 0);
        Assert.Empty(Taken(viewer));
        // What arrived before it looked counts as one.
        await viewer.WaitAsync();
        var waiting = viewer.WaitAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        await SayAsync("a", 1, 1);
        await waiting.WaitAsync(Cancel);
        Assert.Equal([1], Taken(viewer));
    }

    [Fact]
    public async Task A_viewer_with_a_callback_is_called_and_cannot_wait()
    {
        var calls = 0;
        await using var viewer = _feed.Subscribe("a", 0, () => calls++);
        Assert.Empty(Taken(viewer));
        var before = calls;
        await SayAsync("a", 1, 1);
        Assert.Equal(before + 1, calls);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await viewer.WaitAsync());
    }

    [Fact]
    public async Task A_viewer_of_a_log_that_cannot_be_read_learns_it_when_it_takes()
    {
        await SayAsync("a", 1, 1);
        await _log.EraseAsync("a");
        await using var viewer = _feed.Subscribe("a", 0);
        Assert.Throws<StreamErasedException>(() => viewer.TryTake(out _));
    }

    [Fact]
    public async Task A_viewer_that_leaves_in_the_middle_is_forgotten()
    {
        await SayAsync("a", 1, 2_000);
        var viewer = _feed.Subscribe("a", 0);
        Assert.True(viewer.TryTake(out _));
        Assert.Equal(1, _feed.Viewers);
        await viewer.DisposeAsync();
        Assert.Equal(0, _feed.Viewers);
    }

    [Fact]
    public async Task All_streams_are_followed_by_the_list_of_those_that_have_news()
    {
        await using var news = _feed.SubscribeAll();
        await SayAsync("a", 1, 2);
        await SayAsync("b", 1, 1);
        await SayAsync("a", 3, 3);
        Assert.Equal(["a", "b"], Taken(news));
        await SayAsync("a", 4, 4);
        Assert.Equal(["a"], Taken(news));
    }

    [Fact]
    public async Task Facts_that_viewers_do_not_get_are_no_news()
    {
        await using var news = _feed.SubscribeAll();
        LogRecord[] hidden = [new(1, 0, default, "CHUNK", default)];
        await _log.AppendAsync("a", 0, hidden, Cancel);
        _feed.Publish("a", hidden);
        Assert.Empty(Taken(news));
    }

    [Fact]
    public async Task A_scan_lists_what_happened_before_and_what_other_processes_wrote()
    {
        await SayAsync("read", 1, 2);
        await SayAsync("behind", 1, 2);
        await SayAsync("new", 1, 1);
        await SayAsync("ignored", 1, 1);
        await SayAsync("erased", 1, 1);
        await _log.EraseAsync("erased", Cancel);
        var positions = new Dictionary<string, long> { ["read"] = 2, ["behind"] = 1, ["erased"] = 1, ["new"] = 0 };
        await using var news = _feed.SubscribeAll();
        await news.ScanAsync(stream => new(positions.TryGetValue(stream, out var position) ? position : null), Cancel);
        Assert.Equal(["behind", "new", "erased"], Taken(news));
    }

    [Fact]
    public async Task An_erasure_is_news_and_a_stream_can_be_listed_again()
    {
        await SayAsync("a", 1, 1);
        await using var news = _feed.SubscribeAll();
        _feed.PublishErasure("a");
        Assert.Equal(["a"], Taken(news));
        news.Add("a");
        news.Add("a");
        Assert.Equal(["a"], Taken(news));
    }

    [Fact]
    public async Task A_reader_that_left_is_told_nothing_more()
    {
        var news = _feed.SubscribeAll();
        await news.DisposeAsync();
        await SayAsync("a", 1, 1);
        Assert.Empty(Taken(news));
    }

    [Fact]
    public async Task Whatever_the_timing_a_reader_of_all_streams_misses_nothing()
    {
        const int Streams = 20;
        const int Events = 100;
        await using var news = _feed.SubscribeAll();
        var reading = Task.Run(
            async () =>
            {
                var positions = new Dictionary<string, long>();
                await foreach (var stream in news.ReadAllAsync(Cancel))
                {
                    await foreach (var fact in _log.ReadEventsAsync(stream, positions.GetValueOrDefault(stream), Cancel))
                    {
                        Assert.Equal(positions.GetValueOrDefault(stream) + 1, fact.EventId);
                        positions[stream] = fact.EventId;
                    }

                    if (positions.Count == Streams && positions.Values.All(position => position == Events)) return;
                }
            },
            Cancel);
        await Parallel.ForAsync(0, Streams, Cancel, async (number, _) =>
        {
            for (var id = 1; id <= Events; id++) await SayAsync($"s{number}", id, id);
        });
        await reading;
    }

    private async Task SayAsync(string stream, int from, int to)
    {
        LogRecord[] facts = [.. Enumerable.Range(from, to - from + 1).Select(id => new LogRecord(id, id, default, "TEST", default))];
        await _log.AppendAsync(stream, from - 1, facts, Cancel);
        _feed.Publish(stream, facts);
    }

    private static List<long> Taken(StreamSubscription viewer)
    {
        var taken = new List<long>();
        while (viewer.TryTake(out var record)) taken.Add(record.EventId);
        return taken;
    }

    private static List<string> Taken(LogSubscription news)
    {
        var taken = new List<string>();
        while (news.TryTake(out var stream)) taken.Add(stream);
        return taken;
    }
}
