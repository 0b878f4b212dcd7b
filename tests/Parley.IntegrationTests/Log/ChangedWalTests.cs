using Microsoft.Data.Sqlite;
using Parley.Log;

namespace Parley.IntegrationTests.Log;

/// <summary>Another program cuts or overwrites the write-ahead log while the log is open: nothing is acknowledged that a restart would not find.</summary>
public sealed class ChangedWalTests : IDisposable
{
    private const int HeaderBytes = 32;
    private const int FrameBytes = 24 + 4096;

    private readonly LogFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("cut to nothing")]
    [InlineData("cut in the middle")]
    [InlineData("last frame lost")]
    [InlineData("header overwritten")]
    [InlineData("end overwritten")]
    [InlineData("cut, and as long as before")]
    public async Task A_write_ahead_log_that_is_changed_in_place_refuses_all_input(string how)
    {
        await using var log = await _file.OpenAsync();
        using var held = new HeldRead(_file.Path);
        for (var seq = 0; seq < 20; seq++)
            await log.AppendAsync("a", seq, Facts.Range(seq + 1, seq + 1));
        Change(how);

        foreach (var stream in new[] { "a", "b" })
        {
            var error = await Assert.ThrowsAsync<EventLogUnavailableException>(
                async () => await log.AppendAsync(stream, stream == "a" ? 20 : 0, Facts.Range(stream == "a" ? 21 : 1, 21)));
            Assert.False(error.IsTransient);
            Assert.Contains($"{_file.Path}-wal was cut or overwritten", error.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<EventLogUnavailableException>(async () => await log.ProbeAsync());
    }

    [Fact]
    public async Task What_is_overwritten_in_its_middle_is_not_moved_into_the_database()
    {
        await using var log = await _file.OpenAsync();
        await log.AppendAsync("a", 0, Facts.Range(1, 5));
        // Nothing behind it is moved before it ends.
        using (new HeldRead(_file.Path))
        {
            await log.AppendAsync("a", 5, Facts.Range(6, 500));
            await log.AppendAsync("b", 0, Facts.Range(1, 5));
            var length = new FileInfo($"{_file.Path}-wal").Length;
            Write(HeaderBytes + ((length - HeaderBytes) / FrameBytes / 2 * FrameBytes) + 1000, [1, 2, 3, 4, 5, 6, 7, 8]);
        }

        // An erasure moves all of it.
        var error = await Assert.ThrowsAsync<EventLogUnavailableException>(async () => await log.EraseAsync("b"));
        Assert.Contains("was cut or overwritten", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EventLogUnavailableException>(async () => await log.AppendAsync("c", 0, Facts.Range(1, 1)));
    }

    [Fact]
    public async Task The_files_of_a_log_that_was_changed_stay_as_they_are()
    {
        byte[] before;
        await using (var log = await _file.OpenAsync())
        {
            using var held = new HeldRead(_file.Path);
            await log.AppendAsync("a", 0, Facts.Range(1, 500));
            Change("end overwritten");
            before = Read(_file.Path);
            await Assert.ThrowsAsync<EventLogUnavailableException>(async () => await log.AppendAsync("a", 500, Facts.Range(501, 501)));
        }

        Assert.Equal(before, Read(_file.Path));
        Assert.NotEqual(0, new FileInfo($"{_file.Path}-wal").Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_database_that_is_cut_refuses_all_input_and_keeps_its_write_ahead_log(int pages)
    {
        await using (var log = await _file.OpenAsync())
            await log.AppendAsync("a", 0, Facts.Range(1, 500));
        await using (var log = await _file.OpenAsync())
        {
            using var held = new HeldRead(_file.Path);
            await log.AppendAsync("a", 500, Facts.Range(501, 501));
            CutDatabase(pages);
            var error = await Assert.ThrowsAsync<EventLogUnavailableException>(async () => await log.AppendAsync("b", 0, Facts.Range(1, 1)));
            Assert.False(error.IsTransient);
            Assert.Contains($"{_file.Path} was cut or replaced", error.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<EventLogUnavailableException>(async () => await log.ProbeAsync());
        }

        Assert.NotEqual(0, new FileInfo($"{_file.Path}-wal").Length);
    }

    [Fact]
    public async Task A_database_that_is_cut_before_the_log_closes_keeps_its_write_ahead_log()
    {
        await using (var log = await _file.OpenAsync())
        {
            using var held = new HeldRead(_file.Path);
            await log.AppendAsync("a", 0, Facts.Range(1, 500));
            CutDatabase(0);
        }

        Assert.Equal(0, new FileInfo(_file.Path).Length);
        Assert.NotEqual(0, new FileInfo($"{_file.Path}-wal").Length);
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => _file.OpenAsync());
        Assert.NotEqual(0, new FileInfo($"{_file.Path}-wal").Length);
    }

    [Fact]
    public async Task Another_process_that_makes_the_database_smaller_is_no_change()
    {
        await using var log = await _file.OpenAsync();
        await log.AppendAsync("a", 0, Facts.Range(1, 3000));
        await log.EraseAsync("a");
        var before = new FileInfo(_file.Path).Length;
        using (var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False"))
        {
            connection.Open();
            using var vacuum = connection.CreateCommand();
            vacuum.CommandText = "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)";
            vacuum.ExecuteNonQuery();
        }

        Assert.True(new FileInfo(_file.Path).Length < before);
        for (var seq = 0; seq < 100; seq++)
            await log.AppendAsync("b", seq, Facts.Range(seq + 1, seq + 1));
        await log.EraseAsync("b");
    }

    [Fact]
    public async Task Another_process_that_checkpoints_or_writes_is_no_change()
    {
        await using var log = await _file.OpenAsync();
        await using var other = await _file.OpenAsync();
        using var done = new CancellationTokenSource();
        var cutting = Task.Run(
            () =>
            {
                using var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
                connection.Open();
                while (!done.IsCancellationRequested)
                {
                    using var cut = connection.CreateCommand();
                    cut.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
                    cut.ExecuteNonQuery();
                }
            },
            TestContext.Current.CancellationToken);
        for (var seq = 0; seq < 300; seq++)
        {
            await log.AppendAsync("a", seq, Facts.Range(seq + 1, seq + 1));
            await other.AppendAsync("b", seq, Facts.Range(seq + 1, seq + 1));
        }

        await done.CancelAsync();
        await cutting;
        Assert.Equal(300, (await other.ReadAsync("a", 0).AllAsync()).Count);
    }

    private void Change(string how)
    {
        var path = $"{_file.Path}-wal";
        var length = new FileInfo(path).Length;
        switch (how)
        {
            case "cut to nothing":
                Cut(0);
                break;
            case "cut in the middle":
                Cut(length / 2);
                break;
            case "last frame lost":
                Cut(length - FrameBytes);
                break;
            case "header overwritten":
                Write(8, new byte[24]);
                break;
            case "end overwritten":
                Write(length - FrameBytes, new byte[FrameBytes]);
                break;
            default:
                Cut(0);
                Cut(length);
                break;
        }
    }

    private void Cut(long length)
    {
        using var file = new FileStream($"{_file.Path}-wal", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(length);
    }

    // By another process, as above: to open and close the database in this one would end SQLite's locks on it.
    private void CutDatabase(int pages)
    {
        var length = pages < 0 ? new FileInfo(_file.Path).Length + (pages * 4096) : 0;
        using var process = System.Diagnostics.Process.Start("truncate", ["-s", $"{length}", _file.Path]);
        process.WaitForExit();
        Assert.Equal(length, new FileInfo(_file.Path).Length);
    }

    private void Write(long place, byte[] bytes)
    {
        using var file = new FileStream($"{_file.Path}-wal", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = place;
        file.Write(bytes);
    }

    // Read as another process would: to close the database in this one would end SQLite's locks on it.
    private static byte[] Read(string path)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("cat", [path]) { RedirectStandardOutput = true })!;
        using var bytes = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(bytes);
        process.WaitForExit();
        return bytes.ToArray();
    }

    /// <summary>A reader that keeps what it sees: nothing that is written later is moved, and the write-ahead log does not begin anew.</summary>
    private sealed class HeldRead : IDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly SqliteTransaction _snapshot;

        public HeldRead(string path)
        {
            _connection = new SqliteConnection($"Data Source={path};Pooling=False");
            _connection.Open();
            _snapshot = _connection.BeginTransaction(deferred: true);
            using var look = _connection.CreateCommand();
            look.CommandText = "SELECT count(*) FROM facts";
            look.ExecuteScalar();
        }

        public void Dispose()
        {
            _snapshot.Dispose();
            _connection.Dispose();
        }
    }
}
