using Parley.Log;

namespace Parley.IntegrationTests.Log;

/// <summary>Lists of streams, page by page.</summary>
public abstract class ListingContract(bool isSqlite) : LogContract(isSqlite)
{
    [Fact]
    public async Task Streams_are_listed_as_they_began()
    {
        string[] names = [.. Enumerable.Range(0, 600).Select(number => $"s{number}")];
        foreach (var (place, name) in names.Index())
            await Log.AppendAsync(name, 0, [Facts.Make(1, 1) with { At = Facts.Noon.AddSeconds(place) }]);
        await Log.EraseAsync("s3");
        var listed = new List<StreamHead>();
        await foreach (var head in Log.ListAsync())
            listed.Add(head);
        Assert.Equal(names, listed.Select(head => head.Stream));
        Assert.Equal(StreamState.Erased, listed[3].State);
        Assert.Equal((0, 1), (listed[3].Seq, listed[4].Seq));
    }

    [Fact]
    public async Task The_newest_fact_is_the_last_of_an_open_stream_or_the_last_end()
    {
        Assert.Null(await Log.FindNewestFactAsync());
        await Log.AppendAsync("open", 0, Facts.Range(1, 5));
        await Log.AppendAsync("over", 0, [Facts.Make(1, 1), Facts.Make(2, 2, LogRecord.EndOfStream) with { At = Facts.Noon.AddHours(1) }]);
        Assert.Equal(Facts.Noon.AddHours(1), await Log.FindNewestFactAsync());
        await Log.EraseAsync("over");
        Assert.Equal(Facts.Noon.AddSeconds(5), await Log.FindNewestFactAsync());
        await Log.EraseAsync("open");
        Assert.Null(await Log.FindNewestFactAsync());
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("t1", false)]
    [InlineData("t1", true)]
    [InlineData("t2", true)]
    public async Task Pages_have_each_stream_of_a_tenant_once_and_in_order(string? tenant, bool newestFirst)
    {
        var expected = await FillAsync();
        var streams = expected.Where(stream => StreamKey.TenantOf(stream) == tenant && !IsErased(stream)).ToList();
        if (newestFirst)
            streams.Reverse();
        Assert.Equal(streams, await AllAsync(new StreamQuery(tenant) { NewestFirst = newestFirst, Limit = 7 }));
        Assert.Equal(streams, await AllAsync(new StreamQuery(tenant) { NewestFirst = newestFirst, Limit = streams.Count }));
    }

    [Theory]
    [InlineData(StreamState.Open)]
    [InlineData(StreamState.Ended)]
    [InlineData(StreamState.Erased)]
    public async Task Pages_are_filtered_by_state(StreamState state)
    {
        var expected = (await FillAsync()).Where(stream => StreamKey.TenantOf(stream) == "t1" && StateOf(stream) == state);
        Assert.Equal(expected, await AllAsync(new StreamQuery("t1") { State = state, Limit = 5 }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(StreamState.Ended)]
    public async Task Pages_are_filtered_by_label(StreamState? state)
    {
        var expected = (await FillAsync()).Where(stream => StreamKey.TenantOf(stream) == "t2" && NumberOf(stream) % 4 == 0
            && !IsErased(stream) && (state is null || StateOf(stream) == state)).ToList();
        Assert.Equal(expected, await AllAsync(new StreamQuery("t2") { State = state, Label = "fourth", Limit = 3 }));
        expected.Reverse();
        Assert.Equal(expected, await AllAsync(new StreamQuery("t2") { State = state, Label = "fourth", Limit = 3, NewestFirst = true }));
        Assert.Empty(await AllAsync(new StreamQuery("t2") { Label = "no such label" }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_are_filtered_by_the_time_of_their_beginning(bool newestFirst)
    {
        var expected = (await FillAsync()).Where(stream => StreamKey.TenantOf(stream) == "t1" && !IsErased(stream)
            && NumberOf(stream) is >= 20 and < 61).ToList();
        if (newestFirst)
            expected.Reverse();
        var query = new StreamQuery("t1") { From = At(20), To = At(61), NewestFirst = newestFirst, Limit = 4 };
        Assert.Equal(expected, await AllAsync(query));
        Assert.Empty(await AllAsync(query with { From = At(61), To = At(20) }));
    }

    [Fact]
    public async Task Streams_that_began_at_the_same_time_are_listed_once_each()
    {
        for (var number = 0; number < 20; number++)
            await Log.AppendAsync($"s{number}", 0, Facts.Range(1, 1));
        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"s{number}"), await AllAsync(new StreamQuery(null) { Limit = 3 }));
    }

    [Fact]
    public async Task A_page_goes_on_behind_a_stream_that_was_erased_meanwhile()
    {
        for (var number = 0; number < 4; number++)
            await Log.AppendAsync($"s{number}", 0, [Facts.Make(1, 1) with { At = At(number) }]);
        var page = await Log.ListAsync(new StreamQuery(null) { Limit = 2 });
        await Log.EraseAsync("s1");
        page = await Log.ListAsync(new StreamQuery(null) { Limit = 2, After = page.Streams[^1] });
        Assert.Equal(["s2", "s3"], page.Streams.Select(head => head.Stream));
        Assert.False(page.HasMore);
    }

    [Fact]
    public async Task Open_streams_are_listed_with_the_client_that_they_count_for()
    {
        await Log.AppendAsync("a", 0, 0, Facts.Range(1, 1), new StreamChange { Client = "ana" });
        await Log.AppendAsync("t1/b", 0, 0, Facts.Range(1, 1), new StreamChange { Client = "ben" });
        await Log.AppendAsync("c", 0, Facts.Range(1, 1));
        await Log.AppendAsync("ended", 0, 0, [Facts.Make(1, 1, LogRecord.EndOfStream)], new StreamChange { Client = "ana" });
        await Log.AppendAsync("erased", 0, 0, Facts.Range(1, 1), new StreamChange { Client = "ana" });
        await Log.EraseAsync("erased");
        await Log.AppendAsync("a", 0, 1, Facts.Range(2, 2), new StreamChange { DueAt = Facts.Noon });
        Assert.Equal([new("a", "ana"), new("t1/b", "ben"), new("c", null)], await Log.ListOpenAsync().ToListAsync());
        Assert.Equal("ana", (await Log.FindAsync("ended"))!.Client);
        Assert.Null((await Log.FindAsync("erased"))!.Client);
    }

    [Fact]
    public async Task A_page_without_room_is_refused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Log.ListAsync(new StreamQuery(null) { Limit = 0 }));

    private static int NumberOf(string stream) => int.Parse(StreamKey.IdOf(stream)[1..], System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsErased(string stream) => NumberOf(stream) % 10 == 9;

    private static StreamState StateOf(string stream) =>
        IsErased(stream) ? StreamState.Erased : NumberOf(stream) % 3 == 0 ? StreamState.Ended : StreamState.Open;

    private static DateTimeOffset At(int number) => Facts.Noon.AddSeconds(number);

    /// <summary>A hundred streams of two tenants and of none: every third has ended, every tenth is erased, every fourth has a label.</summary>
    private async Task<List<string>> FillAsync()
    {
        string?[] tenants = [null, "t1", "t2"];
        List<string> streams = [.. Enumerable.Range(0, 100).SelectMany(number => tenants.Select(tenant => StreamKey.Of(tenant, $"s{number}")))];
        foreach (var stream in streams)
        {
            var number = NumberOf(stream);
            var metadata = number % 4 == 0 ? new StreamMetadata { Labels = ["every", "fourth"] } : null;
            await Log.AppendAsync(stream, 0, 0, [Facts.Make(1, 1) with { At = At(number) }], new StreamChange { Metadata = metadata });
            if (number % 3 == 0)
                await Log.AppendAsync(stream, 1, [Facts.Make(2, 2, LogRecord.EndOfStream)]);
            if (IsErased(stream))
                await Log.EraseAsync(stream);
        }

        return streams;
    }

    private async Task<List<string>> AllAsync(StreamQuery query)
    {
        var streams = new List<string>();
        while (true)
        {
            var page = await Log.ListAsync(query);
            Assert.InRange(page.Streams.Count, page.HasMore ? query.Limit : 0, query.Limit);
            streams.AddRange(page.Streams.Select(head => head.Stream));
            if (!page.HasMore)
                return streams;
            query = query with { After = page.Streams[^1] };
        }
    }
}

public sealed class MemoryListingTests() : ListingContract(isSqlite: false);

public sealed class SqliteListingTests() : ListingContract(isSqlite: true);
