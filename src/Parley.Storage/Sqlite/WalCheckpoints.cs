using System.Globalization;
using Microsoft.Data.Sqlite;
using Parley.Log;

namespace Parley.Storage.Sqlite;

/// <summary>
/// Moves what the write-ahead log holds into the database, on a thread and a connection of its own, so that no append waits for it.
/// A log that is written to all the time never comes to an end by itself: when it has grown too long, the writer is held for the
/// little that is left after some runs, and begins it anew.
/// </summary>
internal sealed class WalCheckpoints : IDisposable
{
    private const int FactsBetweenRuns = 10_000;
    private const long BytesBetweenRuns = 16 << 20;

    // 128 MiB: holding the writer costs some flushes of the disk, which a shorter log would pay more often.
    private const long LongestWalPages = 32_768;

    // Once nothing has been written for so long, the file is cut to nothing: it would stay as long as it ever was.
    private static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(2);

    private readonly SqliteConnection _connection;
    private readonly WalGuard _guard;
    private readonly Lock _one = new();
    private readonly Lock _writing = new();
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private readonly AutoResetEvent _due = new(initialState: false);
    private readonly string _busyTimeout;
    private readonly Thread _thread;
    private volatile bool _stopping;
    private volatile EventLogUnavailableException? _failure;
    private int _facts;
    private long _bytes;
    private long _written;
    private long _cut;

    public WalCheckpoints(SqliteConnection connection, string path, DatabaseSize database, TimeSpan busyTimeout)
    {
        (_connection, _guard) = (connection, new WalGuard(connection.Handle!, path, database));
        _busyTimeout = string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout={(long)busyTimeout.TotalMilliseconds}");
        _thread = new Thread(Run) { Name = "Parley log checkpoints", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Gets why nothing more may be written; null while all is well.</summary>
    public EventLogUnavailableException? Failure => _failure;

    /// <summary>The writer's turn, for one transaction.</summary>
    public Lock.Scope EnterWriter()
    {
        _open.Wait();
        return _writing.EnterScope();
    }

    public void Written(int facts, long bytes)
    {
        Interlocked.Increment(ref _written);
        _facts += facts;
        _bytes += bytes;
        if (_facts < FactsBetweenRuns && _bytes < BytesBetweenRuns)
            return;
        (_facts, _bytes) = (0, 0);
        _due.Set();
    }

    /// <summary>Leaves nothing in the write-ahead log. The writer calls it, outside a transaction.</summary>
    public void Truncate()
    {
        lock (_one)
        {
            if (Checkpoint("TRUNCATE") is { IsWhole: false })
                throw new EventLogUnavailableException("A reader holds the write-ahead log, which may still contain what was erased.", isTransient: true);
        }
    }

    /// <summary>Has no connection move anything into the database when it closes: an operator may still save what is there.</summary>
    /// <param name="writer">The writer's connection.</param>
    public void LeaveAsItIs(SqliteConnection writer)
    {
        foreach (var connection in new[] { writer, _connection })
            _ = SQLitePCL.raw.sqlite3_db_config(connection.Handle!, SQLitePCL.raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
    }

    public void Dispose()
    {
        _stopping = true;
        _due.Set();
        _thread.Join();
        _guard.Dispose();
        _connection.Dispose();
        _open.Dispose();
        _due.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            var written = Interlocked.Read(ref _written);
            var isDue = _due.WaitOne(QuietAfter);
            if (_stopping)
                return;
            if (!isDue && written == _cut)
                continue;
            try
            {
                lock (_one)
                {
                    if (!isDue)
                        CutIfQuiet(written);
                    else if (Checkpoint("PASSIVE").Pages > LongestWalPages)
                        HoldWriterAndFinish();
                }
            }
            catch (EventLogUnavailableException failure)
            {
                if (!failure.IsTransient)
                    _failure = failure;
            }
            catch (SqliteException)
            {
                // The log grows until a later run succeeds; if the disk is at fault the writer meets it too, and reports it.
            }
        }
    }

    // The writer waits for the little that is left at most, and not for readers: cutting is tried again after the next quiet moment.
    private void CutIfQuiet(long written)
    {
        if (Interlocked.Read(ref _written) != written || !Checkpoint("PASSIVE").IsWhole)
            return;
        using var turn = EnterWriter();
        SqliteSchema.Execute(_connection, "PRAGMA busy_timeout=0");
        try
        {
            if (Interlocked.Read(ref _written) == written && Checkpoint("TRUNCATE").IsWhole)
                _cut = written;
        }
        finally
        {
            SqliteSchema.Execute(_connection, _busyTimeout);
        }
    }

    private void HoldWriterAndFinish()
    {
        // What is left after each is what was written meanwhile, less every time: the writer is held for the last little only.
        for (var run = 0; run < 3; run++)
            Checkpoint("PASSIVE");
        _open.Reset();
        try
        {
            lock (_writing)
                Checkpoint("PASSIVE");
        }
        finally
        {
            _open.Set();
        }
    }

    private (long Pages, bool IsWhole) Checkpoint(string mode)
    {
        var state = _guard.CheckAll();
        using var command = _connection.CreateCommand();
        command.CommandText = $"PRAGMA wal_checkpoint({mode})";
        using var row = command.ExecuteReader();
        row.Read();
        if (state is { } known && row.GetInt64(2) >= known.Frames)
            _guard.Moved(state);
        return (row.GetInt64(1), row.GetInt64(0) == 0);
    }
}
