using System.Text;
using Microsoft.Data.Sqlite;
using Parley.Log;
using Parley.Storage.Sqlite;

namespace Parley.IntegrationTests.Log;

public sealed class SqliteFileTests : IDisposable
{
    private readonly LogFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(LogDurability.Disk)]
    [InlineData(LogDurability.Process)]
    public async Task A_log_that_is_opened_again_goes_on(LogDurability durability)
    {
        await using (var log = await _file.OpenAsync(options => options with { Durability = durability }))
            await log.AppendAsync("a", 0, Facts.Range(1, 3));
        await using var again = await _file.OpenAsync();
        await Assert.ThrowsAsync<SequenceConflictException>(async () => await again.AppendAsync("a", 2, Facts.Range(3, 3)));
        await again.AppendAsync("a", 3, Facts.Range(4, 4));
        Assert.Equal(Facts.Range(1, 4).Said(), (await again.ReadAsync("a", 0).AllAsync()).Said());
    }

    [Fact]
    public async Task Accepted_appends_are_finished_before_the_log_closes_and_later_ones_are_refused()
    {
        var log = await _file.OpenAsync();
        var appends = Enumerable.Range(0, 200).Select(number => log.AppendAsync($"s{number}", 0, Facts.Range(1, 3)).AsTask()).ToArray();
        await log.DisposeAsync();
        await Task.WhenAll(appends);
        await log.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await log.AppendAsync("late", 0, Facts.Range(1, 1)));
        await using var again = await _file.OpenAsync();
        Assert.Equal(3, (await again.FindAsync("s199"))!.Seq);
    }

    [Fact]
    public async Task What_another_process_wrote_or_erased_is_noticed()
    {
        await using var one = await _file.OpenAsync();
        await using var other = await _file.OpenAsync();
        await one.AppendAsync("a", 0, Facts.Range(1, 2));
        await one.AppendAsync("b", 0, Facts.Range(1, 2));
        await other.AppendAsync("a", 2, Facts.Range(3, 3));
        await other.EraseAsync("b");
        await Assert.ThrowsAsync<SequenceConflictException>(async () => await one.AppendAsync("a", 2, Facts.Range(3, 3)));
        await Assert.ThrowsAsync<StreamErasedException>(async () => await one.AppendAsync("b", 2, Facts.Range(3, 3)));
        await one.AppendAsync("a", 3, Facts.Range(4, 4));
        Assert.Equal(4, (await other.FindAsync("a"))!.Seq);
    }

    [Fact]
    public async Task Another_programs_database_is_refused_and_stays_as_it_is()
    {
        var path = _file.Path;
        using (var other = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "CREATE TABLE accounts (name TEXT)";
            command.ExecuteNonQuery();
        }

        var before = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<InvalidDataException>(() => _file.OpenAsync());
        Assert.Equal(before, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_backup_that_fails_leaves_no_part_of_itself()
    {
        await using var log = await _file.OpenAsync();
        await log.AppendAsync("a", 0, Facts.Range(1, 2));
        Directory.CreateDirectory(_file.In("copy.db"));
        await Assert.ThrowsAnyAsync<IOException>(() => log.BackupAsync(_file.In("copy.db")));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(_file.Path)!, "*.unfinished"));
    }

    [Fact]
    public async Task A_newer_schema_is_refused()
    {
        await (await _file.OpenAsync()).DisposeAsync();
        Execute("PRAGMA user_version=99");
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => _file.OpenAsync());
        Assert.Contains("99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_someone_else_is_refused_and_left_alone()
    {
        Execute("CREATE TABLE theirs (x)");
        await Assert.ThrowsAsync<InvalidDataException>(() => _file.OpenAsync());
        Execute("INSERT INTO theirs VALUES (1)");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        await File.WriteAllTextAsync(_file.Path, string.Concat(Enumerable.Repeat("not a database ", 500)));
        var error = await Assert.ThrowsAsync<EventLogUnavailableException>(() => _file.OpenAsync());
        Assert.False(error.IsTransient);
        Assert.Contains(_file.Path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, -1)]
    public async Task An_option_out_of_range_is_named(int capacity, int busySeconds)
    {
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => _file.OpenAsync(options => options with { QueueCapacity = capacity, BusyTimeout = TimeSpan.FromSeconds(busySeconds) }));
        Assert.Contains(capacity == 0 ? "QueueCapacity" : "BusyTimeout", error.ParamName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_is_a_log_as_it_stood_at_one_moment()
    {
        await using var log = await _file.OpenAsync();
        await log.AppendAsync("a", 0, Facts.Range(1, 3000));
        using var done = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (long seq = 0; !done.IsCancellationRequested; seq++)
                await log.AppendAsync("b", seq, Facts.Range(seq + 1, seq + 1));
        });
        await log.BackupAsync(_file.In("copy.db"));
        await Assert.ThrowsAsync<IOException>(() => log.BackupAsync(_file.In("copy.db")));
        await done.CancelAsync();
        await writing;

        await using var copy = await _file.OpenAsync(options => options with { Path = _file.In("copy.db") });
        Assert.Equal(3000, (await copy.ReadAsync("a", 0).AllAsync()).Count);
        var written = await copy.ReadAsync("b", 0).AllAsync();
        Assert.Equal(Facts.Range(1, written.Count).Said(), written.Said());
    }

    [Fact]
    public async Task What_was_erased_is_in_no_file()
    {
        const int Streams = 40;
        await using var log = await _file.OpenAsync();
        // Interleaved, so that the pages of every stream are split and moved about.
        for (long seq = 0; seq < 60; seq++)
        {
            for (var stream = 0; stream < Streams; stream++)
            {
                var json = Encoding.UTF8.GetBytes($"secret-of-{stream}. {new string('x', (int)((seq * 37) + (stream * 11)) % 300)}");
                await log.AppendAsync($"s{stream}", seq, [new LogRecord(seq + 1, seq + 1, Facts.Noon, "TEST", json)]);
                if (seq % 20 == 10)
                    await log.SaveCheckpointAsync($"s{stream}", new LogCheckpoint(seq, 1, json));
            }
        }
        foreach (var stream in Enumerable.Range(0, Streams).Where(stream => stream % 3 == 1))
            await log.EraseAsync($"s{stream}");

        var left = await ReadAllFilesAsync();
        for (var stream = 0; stream < Streams; stream++)
            Assert.Equal(stream % 3 != 1, left.Contains($"secret-of-{stream}.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_write_ahead_log_is_cut_once_nothing_is_written()
    {
        await using var log = await _file.OpenAsync();
        var big = new byte[64 * 1024];
        for (long seq = 0; seq < 400; seq++)
            await log.AppendAsync("a", seq, [new LogRecord(seq + 1, seq + 1, Facts.Noon, "TEST", big)]);
        while (new FileInfo($"{_file.Path}-wal").Length > 0)
            await Task.Yield();
        Assert.Equal(400, (await log.ReadAsync("a", 0).AllAsync()).Count);
        await log.AppendAsync("a", 400, Facts.Range(401, 401));
    }

    [Fact]
    public async Task Files_and_folders_are_their_owners_alone_whatever_the_umask()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such rights.");
        var mask = Umask(0);
        try
        {
            await using var log = await _file.OpenAsync(options => options with { Path = _file.In("new/folder/log.db") });
            await log.AppendAsync("a", 0, Facts.Range(1, 3));
            await log.BackupAsync(_file.In("copy.db"));
            Assert.Equal("rwx------", Rights(_file.In("new")));
            Assert.Equal("rwx------", Rights(_file.In("new/folder")));
            Assert.All(
                ["new/folder/log.db", "new/folder/log.db-wal", "new/folder/log.db-shm", "copy.db"],
                name => Assert.Equal("rw-------", Rights(_file.In(name))));
        }
        finally
        {
            _ = Umask(mask);
        }
    }

    private static string Rights(string path)
    {
        var mode = OperatingSystem.IsWindows() ? default : (int)File.GetUnixFileMode(path);
        return string.Concat(Enumerable.Range(0, 9).Select(place => (mode & (256 >> place)) != 0 ? "rwx"[place % 3] : '-'));
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "umask")]
    private static extern int Umask(int mask);

    private async Task<string> ReadAllFilesAsync()
    {
        var all = new StringBuilder();
        foreach (var path in Directory.GetFiles(Path.GetDirectoryName(_file.Path)!))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file, Encoding.Latin1);
            all.Append(await reader.ReadToEndAsync());
        }
        return all.ToString();
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
