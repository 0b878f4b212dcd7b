using Microsoft.Data.Sqlite;
using Parley.Log;

namespace Parley.IntegrationTests.Log;

public sealed class SqliteFaultTests : IDisposable
{
    private readonly LogFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_full_disk_refuses_input_and_keeps_what_was_acknowledged()
    {
        long acknowledged = 0;
        await using (var log = await _file.OpenAsync(options => options with { MaxBytes = 200_000 }))
        {
            var error = await Assert.ThrowsAsync<EventLogUnavailableException>(async () =>
            {
                for (; acknowledged < 100_000; acknowledged += 100)
                    await log.AppendAsync("a", acknowledged, Facts.Range(acknowledged + 1, acknowledged + 100));
            });
            Assert.True(error.IsTransient);
            Assert.Contains("full", error.Message, StringComparison.Ordinal);
            Assert.True(acknowledged > 100);
            await Assert.ThrowsAsync<EventLogUnavailableException>(
                async () => await log.AppendAsync("a", acknowledged, Facts.Range(acknowledged + 1, acknowledged + 100)));
            Assert.Equal(acknowledged, (await log.ReadAsync("a", 0).AllAsync()).Count);
        }
        await using var roomier = await _file.OpenAsync();
        await roomier.AppendAsync("a", acknowledged, Facts.Range(acknowledged + 1, acknowledged + 1));
        Assert.Equal(Facts.Range(1, acknowledged + 1).Said(), (await roomier.ReadAsync("a", 0).AllAsync()).Said());
    }

    [Fact]
    public async Task A_full_disk_takes_input_again_once_there_is_room()
    {
        await using var log = await _file.OpenAsync(options => options with { MaxBytes = 200_000 });
        long acknowledged = 0;
        await Assert.ThrowsAsync<EventLogUnavailableException>(async () =>
        {
            for (; acknowledged < 100_000; acknowledged += 100)
                await log.AppendAsync("a", acknowledged, Facts.Range(acknowledged + 1, acknowledged + 100));
        });
        Assert.True(await log.EraseAsync("a"));
        await log.AppendAsync("b", 0, Facts.Range(1, 100));
        Assert.Equal(100, (await log.FindAsync("b"))!.Seq);
    }

    [Fact]
    public async Task A_locked_file_refuses_input_until_it_is_free()
    {
        await using var log = await _file.OpenAsync(options => options with { BusyTimeout = TimeSpan.FromMilliseconds(20) });
        await log.AppendAsync("a", 0, Facts.Range(1, 1));
        using (var other = new SqliteConnection($"Data Source={_file.Path};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction();
            var error = await Assert.ThrowsAsync<EventLogUnavailableException>(async () => await log.AppendAsync("a", 1, Facts.Range(2, 2)));
            Assert.True(error.IsTransient);
            Assert.Contains("locked", error.Message, StringComparison.Ordinal);
            Assert.Single(await log.ReadAsync("a", 0).AllAsync());
        }
        await log.AppendAsync("a", 1, Facts.Range(2, 2));
        Assert.Equal(Facts.Range(1, 2).Said(), (await log.ReadAsync("a", 0).AllAsync()).Said());
    }

    [Fact]
    public async Task An_erasure_that_could_not_be_finished_is_finished_when_it_is_asked_for_again()
    {
        await using var log = await _file.OpenAsync(options => options with { BusyTimeout = TimeSpan.FromMilliseconds(20) });
        await log.AppendAsync("a", 0, Facts.Range(1, 100));
        await log.AppendAsync("b", 0, Facts.Range(1, 1));
        using (var reader = new SqliteConnection($"Data Source={_file.Path};Pooling=False"))
        {
            reader.Open();
            using var snapshot = reader.BeginTransaction(deferred: true);
            using var look = reader.CreateCommand();
            look.CommandText = "SELECT count(*) FROM facts";
            look.ExecuteScalar();
            for (var again = 0; again < 2; again++)
            {
                var error = await Assert.ThrowsAsync<EventLogUnavailableException>(async () => await log.EraseAsync("a"));
                Assert.True(error.IsTransient);
                Assert.Contains("may still contain what was erased", error.Message, StringComparison.Ordinal);
            }
        }

        Assert.True(await log.EraseAsync("a"));
        Assert.Equal(0, new FileInfo($"{_file.Path}-wal").Length);
        Assert.False(await log.EraseAsync("a"));
        Assert.True(await log.EraseAsync("b"));
    }

    [Fact]
    public async Task A_damaged_page_refuses_all_input_from_then_on()
    {
        await using (var log = await _file.OpenAsync())
        {
            await log.AppendAsync("a", 0, Facts.Range(1, 5000));
            await log.AppendAsync("b", 0, Facts.Range(1, 5));
        }
        // The first pages hold the schema and the roots of the tables; the facts lie behind them.
        await using (var file = new FileStream(_file.Path, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Position = 8 * 4096;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)(file.Length - file.Position)).ToArray());
        }
        await using var damaged = await _file.OpenAsync();
        var error = await Assert.ThrowsAsync<EventLogUnavailableException>(async () => await damaged.AppendAsync("a", 5000, Facts.Range(5001, 5001)));
        Assert.False(error.IsTransient);
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EventLogUnavailableException>(async () => await damaged.AppendAsync("c", 0, Facts.Range(1, 1)));
        await Assert.ThrowsAsync<StreamUnreadableException>(() => damaged.ReadAsync("a", 0).AllAsync());
    }

    [Theory]
    [InlineData("deleted", "log.db")]
    [InlineData("deleted", "log.db-wal")]
    [InlineData("deleted", "log.db-shm")]
    [InlineData("replaced", "log.db")]
    [InlineData("replaced", "log.db-wal")]
    [InlineData("folder", "log.db")]
    public async Task A_file_that_is_deleted_or_replaced_while_it_is_open_refuses_all_input(string what, string name)
    {
        await using var log = await _file.OpenAsync();
        await log.AppendAsync("a", 0, Facts.Range(1, 3));
        switch (what)
        {
            case "deleted":
                File.Delete(_file.In(name));
                break;
            case "replaced":
                File.Copy(_file.In(name), _file.In("copy"));
                File.Move(_file.In("copy"), _file.In(name), overwrite: true);
                break;
            default:
                Directory.Move(Path.GetDirectoryName(_file.Path)!, $"{Path.GetDirectoryName(_file.Path)}-moved");
                Directory.CreateDirectory(Path.GetDirectoryName(_file.Path)!);
                File.Copy($"{Path.GetDirectoryName(_file.Path)}-moved/{name}", _file.Path);
                break;
        }

        foreach (var stream in new[] { "a", "b" })
        {
            var error = await Assert.ThrowsAsync<EventLogUnavailableException>(
                async () => await log.AppendAsync(stream, stream == "a" ? 3 : 0, Facts.Range(stream == "a" ? 4 : 1, 4)));
            Assert.False(error.IsTransient);
            Assert.Contains($"{_file.In(name)} was deleted or replaced", error.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<EventLogUnavailableException>(async () => await log.ProbeAsync());
        if (what == "folder") Directory.Delete($"{Path.GetDirectoryName(_file.Path)}-moved", recursive: true);
    }

    [Fact]
    public async Task A_damaged_page_of_one_stream_is_told_of_that_stream_and_of_no_other()
    {
        await using (var log = await _file.OpenAsync())
        {
            await log.AppendAsync("a", 0, Facts.Range(1, 3000));
            await log.AppendAsync("b", 0, Facts.Range(1, 5));
        }

        DamagedPage.With(_file.Path, "{\"é\":1500}");
        await using var damaged = await _file.OpenAsync();
        var error = await Assert.ThrowsAsync<StreamUnreadableException>(() => damaged.ReadAsync("a", 0).AllAsync());
        Assert.Equal("a", error.Stream);
        Assert.Equal(5, (await damaged.ReadAsync("b", 0).AllAsync()).Count);
        Assert.Equal(3000, (await damaged.ReadAsync("a", 2990).AllAsync())[^1].Seq);
        await damaged.AppendAsync("b", 5, Facts.Range(6, 6));
    }

    [Fact]
    public async Task A_stream_whose_last_page_is_damaged_is_listed_with_the_others()
    {
        await using (var log = await _file.OpenAsync())
        {
            await log.AppendAsync("a", 0, Facts.Range(1, 3000));
            await log.AppendAsync("b", 0, Facts.Range(1, 3000));
            await log.AppendAsync("c", 0, Facts.Range(1, 3000));
            await log.AppendAsync("d", 0, Facts.Range(1, 2000));
        }

        DamagedPage.With(_file.Path, "{\"é\":3000}");
        await using var damaged = await _file.OpenAsync();
        Assert.Equal(["a", "b", "c", "d"], (await damaged.ListAsync(new StreamQuery(null))).Streams.Select(head => head.Stream));
        Assert.NotNull(await damaged.FindNewestFactAsync());
        await Assert.ThrowsAsync<StreamUnreadableException>(async () => await damaged.EraseAsync("a"));
        await damaged.AppendAsync("e", 0, Facts.Range(1, 1));
        Assert.True(await damaged.EraseAsync("e"));
        var listed = await damaged.ListAsync().ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["a", "b", "c", "d", "e"], listed.Select(head => head.Stream));
    }
}
