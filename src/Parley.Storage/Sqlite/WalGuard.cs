using System.Runtime.InteropServices;
using Parley.Log;
using SQLitePCL;

namespace Parley.Storage.Sqlite;

/// <summary>
/// Compares the file of the write-ahead log with what SQLite knows of it. SQLite checks that file only when it opens it: what another
/// program cuts off or overwrites later is missed by the next start, together with all that follows it, and by nothing before. The size of
/// the database file is compared, too.
/// </summary>
/// <remarks>It is used by one thread, outside a transaction of its connection. Other processes may write and checkpoint meanwhile.</remarks>
internal sealed class WalGuard : IDisposable
{
    private readonly sqlite3 _db;
    private readonly string _path;
    private readonly WalFile _file;
    private readonly DatabaseSize _database;
    private readonly SqliteStatement _begin, _read, _end;
    private WalState? _last;
    private WalState? _moved;

    /// <param name="db">A connection to the database.</param>
    /// <param name="path">The database file.</param>
    /// <param name="database">Its size, one for all connections of a log.</param>
    public WalGuard(sqlite3 db, string path, DatabaseSize database)
    {
        (_db, _path, _database, _file) = (db, path, database, new WalFile($"{path}-wal"));
        _begin = new SqliteStatement(db, "BEGIN");
        _read = new SqliteStatement(db, "SELECT rootpage FROM sqlite_schema LIMIT 1");
        _end = new SqliteStatement(db, "COMMIT");
    }

    /// <summary>
    /// Call it before anything is written: a frame that is appended to a log that was cut would make it as long as it should be.
    /// </summary>
    /// <exception cref="EventLogUnavailableException">The file is not as it was after the last call. It lasts until the log is opened again.</exception>
    public void CheckBeforeWrite()
    {
        if (!_database.IsKept() || (_last is { } last && !Try(last, _file.Holds))) Check();
    }

    /// <summary>Call it after each commit and before its answer.</summary>
    /// <inheritdoc cref="CheckBeforeWrite"/>
    public void Check() => _last = Check(now => _file.Holds(now) && (_last is not { } last || last.Salt != now.Salt || _file.Holds(last)));

    /// <summary>
    /// Compares every frame that may not be in the database yet with its checksum. Call it before a checkpoint, which would move what
    /// another program wrote there into the database.
    /// </summary>
    /// <returns>What was checked; null where the log is empty.</returns>
    /// <inheritdoc cref="CheckBeforeWrite"/>
    public WalState? CheckAll() => Check(now => _file.Leads(_moved?.Salt == now.Salt ? _moved : null, now));

    /// <summary>Notes that everything up to a state is in the database.</summary>
    public void Moved(WalState? state) => _moved = state;

    public void Dispose()
    {
        foreach (IDisposable part in new IDisposable[] { _begin, _read, _end, _file })
            part.Dispose();
    }

    private WalState? Check(Func<WalState, bool> isRight)
    {
        while (true)
        {
            var now = Look();
            var isWhole = _database.Holds(now);
            if (isWhole && (now is not { } state || Try(state, isRight))) return now;
            // Another process may have begun the log anew meanwhile, which it may do once all of it is in the database.
            if (Look() == now) throw isWhole ? Changed() : Cut();
        }
    }

    private WalState? Look()
    {
        _begin.Run();
        try
        {
            _read.Read(static _ => true);
            if (raw.sqlite3_snapshot_get(_db, "main", out var snapshot) != raw.SQLITE_OK) return null;
            using (snapshot)
            {
                var header = new byte[WalState.Bytes];
                Marshal.Copy(snapshot.DangerousGetHandle(), header, 0, header.Length);
                return WalState.Read(header);
            }
        }
        finally
        {
            _end.Run();
        }
    }

    private bool Try(WalState state, Func<WalState, bool> isRight)
    {
        try
        {
            return isRight(state);
        }
        catch (IOException unreadable)
        {
            throw new EventLogUnavailableException($"The log {_path}: {_path}-wal cannot be read.", isTransient: false, unreadable);
        }
    }

    private EventLogUnavailableException Cut() => new(
        $"The log {_path}: {_path} was cut or replaced by another program while it was open, and nothing more is taken. {_path}-wal may hold "
        + "what is in no backup: SQLite would delete it if this file is empty. Stop this process, copy the folder, and restore a backup.",
        isTransient: false);

    private EventLogUnavailableException Changed() => new(
        $"The log {_path}: {_path}-wal was cut or overwritten by another program while it was open, and nothing more is taken. A restart "
        + "finds what was stored before the first byte that was changed. Stop this process, copy the folder, and start it again or restore a backup.",
        isTransient: false);
}
