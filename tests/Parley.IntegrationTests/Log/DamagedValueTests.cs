using Parley.Log;
using Parley.Storage.Sqlite;

namespace Parley.IntegrationTests.Log;

/// <summary>
/// One value that is not what was written: a time that no clock shows, or null in a column that takes none. Its stream is damaged, and every other
/// stream is read, listed and saved.
/// </summary>
public sealed class DamagedValueTests : IDisposable
{
    private const string Huge = "9223372036854775807";

    private readonly LogFile _file = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> OfFacts => new(
        $"UPDATE facts SET at={Huge} WHERE stream=1 AND seq=3",
        "UPDATE facts SET at=-1 WHERE stream=1 AND seq=3",
        "UPDATE facts SET at=NULL WHERE stream=1 AND seq=3",
        "UPDATE facts SET at='soon' WHERE stream=1 AND seq=3",
        "UPDATE facts SET type=NULL WHERE stream=1 AND seq=3",
        "UPDATE facts SET json=NULL WHERE stream=1 AND seq=3");

    public static TheoryData<string> OfStreams => new(
        $"UPDATE streams SET started_at={Huge} WHERE id=1",
        "UPDATE streams SET started_at=-1 WHERE id=1",
        "UPDATE streams SET started_at=NULL WHERE id=1",
        "UPDATE streams SET started_at='soon' WHERE id=1",
        $"UPDATE streams SET ended_at={Huge} WHERE id=1",
        $"UPDATE streams SET erased_at={Huge} WHERE id=1",
        "UPDATE streams SET erased_at=-1 WHERE id=1");

    public void Dispose() => _file.Dispose();

    [Theory]
    [MemberData(nameof(OfFacts))]
    [MemberData(nameof(OfStreams))]
    public async Task A_damaged_value_makes_its_stream_unreadable_and_no_other(string damage)
    {
        await WriteAsync(damage);
        await using var log = await _file.OpenAsync();
        var problem = await Assert.ThrowsAsync<StreamUnreadableException>(() => log.ReadAsync("a", 0, Cancel).AllAsync());
        Assert.Equal("a", problem.Stream);
        Assert.Equal(5, (await log.ReadAsync("b", 0, Cancel).AllAsync()).Count);
        await AssertListedAsync(log);
        Assert.Equal(["a", "b", "c"], await log.ListAsync(Cancel).Select(head => head.Stream).ToListAsync(Cancel));
        Assert.NotNull(await log.FindAsync("a", Cancel));
        Assert.NotEmpty((await log.CheckAsync(Cancel)).Faults);
        await log.AppendAsync("b", 5, Facts.Range(6, 6));
    }

    [Fact]
    public async Task A_stream_whose_name_is_missing_is_in_no_list_and_hides_no_other()
    {
        await WriteAsync("UPDATE streams SET name=NULL, due_at=5 WHERE id=1");
        await using var log = await _file.OpenAsync();
        await AssertListedAsync(log);
        Assert.Equal(["b", "c"], await log.ListAsync(Cancel).Select(head => head.Stream).ToListAsync(Cancel));
        Assert.Empty(await log.ListDueAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancel).ToListAsync(Cancel));
        Assert.NotEmpty((await log.CheckAsync(Cancel)).Faults);
    }

    [Theory]
    [InlineData("UPDATE checkpoints SET version=9223372036854775807")]
    [InlineData("UPDATE checkpoints SET state=NULL")]
    [InlineData("UPDATE checkpoints SET seq=NULL")]
    public async Task A_damaged_checkpoint_counts_as_none(string damage)
    {
        await WriteAsync(damage);
        await using var log = await _file.OpenAsync();
        Assert.Null(await log.LoadCheckpointAsync("a", Cancel));
        Assert.Equal(5, (await log.ReadAsync("a", 0, Cancel).AllAsync()).Count);
    }

    private async Task WriteAsync(string damage)
    {
        await using (var log = await _file.OpenAsync())
        {
            foreach (var stream in new[] { "a", "b", "c" }) await log.AppendAsync(stream, 0, Facts.Range(1, 5));
            await log.SaveCheckpointAsync("a", 0, new LogCheckpoint(3, 1, new byte[] { 1 }), Cancel);
        }

        DamagedRow.With(_file.Path, damage);
    }

    private static async Task AssertListedAsync(SqliteEventLog log)
    {
        foreach (var newestFirst in new[] { false, true })
        {
            var query = new StreamQuery(null) { NewestFirst = newestFirst, Limit = 1 };
            var names = new List<string>();
            // More pages than streams: a list that never ends would fail here.
            for (var pages = 0; pages < 6; pages++)
            {
                var page = await log.ListAsync(query, Cancel);
                names.AddRange(page.Streams.Select(head => head.Stream));
                if (!page.HasMore) break;
                query = query with { After = page.Streams[^1] };
            }

            Assert.Equal(["b", "c"], names.Where(name => name != "a").Order(StringComparer.Ordinal));
            Assert.True(names.Count(name => name == "a") <= 1, "A stream is listed twice.");
        }

        Assert.NotNull(await log.FindNewestFactAsync(Cancel));
        Assert.Superset(
            new HashSet<string>(["b", "c"]), new HashSet<string>(await log.ListOpenAsync(Cancel).Select(open => open.Stream).ToListAsync(Cancel)));
        await log.ListEndedAsync(DateTimeOffset.MaxValue, Cancel).ToListAsync(Cancel);
    }
}
