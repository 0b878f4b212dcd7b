using Parley.Log;

namespace Parley.IntegrationTests.Log;

/// <summary>Streams that must be looked at, found without looking at all.</summary>
public abstract class DueContract(bool isSqlite) : LogContract(isSqlite)
{
    [Fact]
    public async Task A_stream_is_due_from_the_time_that_was_set()
    {
        await BeginAsync("a", Facts.Noon.AddHours(2));
        await BeginAsync("b", Facts.Noon.AddHours(1));
        await BeginAsync("c", null);
        Assert.Equal(Facts.Noon.AddHours(2), (await Log.FindAsync("a"))!.DueAt);
        Assert.Null((await Log.FindAsync("c"))!.DueAt);
        Assert.Empty(await DueAsync(DateTimeOffset.MinValue, Facts.Noon));
        Assert.Equal(["b"], await DueAsync(DateTimeOffset.MinValue, Facts.Noon.AddHours(1)));
        Assert.Equal(["b", "a"], await DueAsync(Facts.Noon.AddHours(1), Facts.Noon.AddHours(2)));
        Assert.Equal(["a"], await DueAsync(Facts.Noon.AddHours(1).AddTicks(1), DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task A_due_time_is_moved_and_taken_away()
    {
        await BeginAsync("a", DateTimeOffset.MinValue);
        await BeginAsync("b", DateTimeOffset.MinValue);
        await BeginAsync("c", DateTimeOffset.MinValue);
        await Log.AppendAsync("a", 0, 1, Facts.Range(2, 2));
        Assert.Equal(["a", "b", "c"], await DueAsync(DateTimeOffset.MinValue, DateTimeOffset.MinValue));
        await Log.SetDueAsync("a", 0, Facts.Noon);
        await Log.SetDueAsync("b", 0, null);
        await Log.EraseAsync("c");
        Assert.Equal(["a"], await DueAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Log.SetDueAsync("d", 0, Facts.Noon));
        await Assert.ThrowsAsync<StreamErasedException>(async () => await Log.SetDueAsync("c", 0, Facts.Noon));
    }

    [Fact]
    public async Task The_end_of_a_stream_takes_its_due_time_away()
    {
        await BeginAsync("a", Facts.Noon);
        await Log.AppendAsync("a", 1, [Facts.Make(2, 2, LogRecord.EndOfStream)]);
        Assert.Empty(await DueAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task Many_streams_that_are_due_at_the_same_time_are_listed_once_each_while_their_times_are_moved()
    {
        string[] names = [.. Enumerable.Range(0, 1200).Select(number => $"s{number}")];
        await Task.WhenAll(names.Select(name => BeginAsync(name, Facts.Noon)));
        var seen = new List<string>();
        await foreach (var due in Log.ListDueAsync(DateTimeOffset.MinValue, Facts.Noon))
        {
            seen.Add(due.Stream);
            await Log.SetDueAsync(due.Stream, 0, Facts.Noon.AddHours(1));
        }

        Assert.Equal(names.Order(), seen.Order());
    }

    [Fact]
    public async Task Streams_that_ended_long_ago_are_listed_until_they_are_erased()
    {
        foreach (var (name, daysAgo) in new[] { ("new", 0), ("old", 8), ("oldest", 9), ("open", 10) })
        {
            var type = name == "open" ? "TEST" : LogRecord.EndOfStream;
            await Log.AppendAsync(name, 0, [Facts.Make(1, 1, type) with { At = Facts.Noon.AddDays(-daysAgo) }]);
        }

        Assert.Equal(["oldest", "old"], await Log.ListEndedAsync(Facts.Noon.AddDays(-7)).ToListAsync());
        await Log.EraseAsync("old");
        Assert.Equal(["oldest"], await Log.ListEndedAsync(Facts.Noon.AddDays(-7)).ToListAsync());
        Assert.Equal(["oldest"], await Log.ListEndedAsync(Facts.Noon).ToListAsync());
    }

    private async Task BeginAsync(string stream, DateTimeOffset? dueAt) =>
        await Log.AppendAsync(stream, 0, 0, Facts.Range(1, 1), dueAt is null ? null : new StreamChange { DueAt = dueAt });

    private async Task<List<string>> DueAsync(DateTimeOffset from, DateTimeOffset until) =>
        await Log.ListDueAsync(from, until).Select(due => due.Stream).ToListAsync();
}

public sealed class MemoryDueTests() : DueContract(isSqlite: false);

public sealed class SqliteDueTests() : DueContract(isSqlite: true);
