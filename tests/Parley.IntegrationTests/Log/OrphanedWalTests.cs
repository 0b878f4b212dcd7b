using Parley.Log;
using Parley.Storage.Sqlite;

namespace Parley.IntegrationTests.Log;

/// <summary>A write-ahead log whose database is gone holds what was said: SQLite would delete it, so nothing opens it.</summary>
public sealed class OrphanedWalTests : IDisposable
{
    private readonly LogFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_refused_and_nothing_is_touched(bool isThere)
    {
        if (isThere) File.WriteAllBytes(_file.Path, []);
        File.WriteAllText($"{_file.Path}-wal", "what was said");

        foreach (var open in new Func<Task>[]
            { () => _file.OpenAsync(), () => SqliteRepair.RunAsync(_file.Path, _file.In("new.db"), _file.In("unplaced.jsonl")) })
        {
            var error = await Assert.ThrowsAsync<EventLogUnavailableException>(open);
            Assert.False(error.IsTransient);
            Assert.Contains($"{_file.Path} is {(isThere ? "empty" : "missing")}, but {_file.Path}-wal", error.Message, StringComparison.Ordinal);
            Assert.Equal("what was said", File.ReadAllText($"{_file.Path}-wal"));
        }

        string[] files = isThere ? ["log.db", "log.db-wal"] : ["log.db-wal"];
        Assert.Equal(files, Directory.EnumerateFiles(Path.GetDirectoryName(_file.Path)!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(isThere ? 0 : -1, isThere ? new FileInfo(_file.Path).Length : -1);
    }

    [Fact]
    public async Task An_empty_file_with_nothing_beside_it_is_a_new_log()
    {
        File.WriteAllBytes(_file.Path, []);
        File.WriteAllBytes($"{_file.Path}-wal", []);
        await using var log = await _file.OpenAsync();
        await log.AppendAsync("a", 0, Facts.Range(1, 3));
        Assert.Equal(3, (await log.FindAsync("a"))!.Seq);
    }
}
