using System.Globalization;
using Microsoft.Data.Sqlite;
using Parley.Log;

namespace Parley.Storage.Sqlite;

// Opens connections to one database file, each for its purpose.
internal sealed class SqliteFiles(SqliteLogOptions options)
{
    private const int PageBytes = 4096;

    // What a write-ahead log that begins anew keeps of its length, so that it need not grow again.
    private const long WalBytesKept = 16 << 20;

    static SqliteFiles() => SQLitePCL.Batteries_V2.Init();

    public string Path { get; } = System.IO.Path.GetFullPath(options.Path);

    public SqliteConnection OpenForWriting()
    {
        RefuseOrphanedWal();
        PrivateFile.CreateFolder(System.IO.Path.GetDirectoryName(Path)!);
        // SQLite gives the two files beside it the same rights.
        PrivateFile.CreateEmpty(Path);
        var connection = Open(SqliteOpenMode.ReadWriteCreate, pooled: false);
        try
        {
            // Before anything is changed.
            SqliteSchema.RefuseForeign(connection, Path);
            var synchronous = options.Durability == LogDurability.Disk ? "FULL" : "NORMAL";
            // Readers and writers do not wait for each other in WAL. What is deleted is overwritten. Checkpoints are made elsewhere.
            SqliteSchema.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"""
                PRAGMA busy_timeout={(long)options.BusyTimeout.TotalMilliseconds};
                PRAGMA page_size={PageBytes};
                PRAGMA journal_mode=WAL;
                PRAGMA synchronous={synchronous};
                PRAGMA secure_delete=ON;
                PRAGMA wal_autocheckpoint=0;
                PRAGMA journal_size_limit={WalBytesKept};
                PRAGMA cache_size=-65536;
                """));
            if (options.MaxBytes is { } bytes)
                SqliteSchema.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count={Math.Max(1, bytes / PageBytes)}"));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public SqliteConnection OpenForReading() => Open(SqliteOpenMode.ReadOnly, pooled: true);

    public void CloseReaders()
    {
        using var any = new SqliteConnection(ConnectionString(Path, SqliteOpenMode.ReadOnly, pooled: true));
        SqliteConnection.ClearPool(any);
    }

    /// <summary>Copies the database as it stands at one moment, while it is written to.</summary>
    public void CopyTo(string target)
    {
        if (File.Exists(target))
            throw new IOException($"{target} exists; a backup does not replace it.");
        var unfinished = target + ".unfinished";
        File.Delete(unfinished);
        PrivateFile.CreateEmpty(unfinished);
        try
        {
            using (var source = OpenForReading())
            using (var copy = new SqliteConnection(ConnectionString(unfinished, SqliteOpenMode.ReadWriteCreate, pooled: false)))
            {
                copy.Open();
                source.BackupDatabase(copy);
            }

            File.Move(unfinished, target);
        }
        finally
        {
            // After a failure: a part of a backup holds what people said, and nobody knows of it.
            File.Delete(unfinished);
        }
    }

    // SQLite deletes the write-ahead log of a database that is empty or new, and with it all that is not in the database yet.
    private void RefuseOrphanedWal()
    {
        if (SizeOf(Path) > 0 || SizeOf($"{Path}-wal") == 0)
            return;
        throw new EventLogUnavailableException(
            $"The log {Path}: {Path} is {(File.Exists(Path) ? "empty" : "missing")}, but {Path}-wal beside it is not, and holds what was said. "
            + $"Nothing is touched. Put back a copy of {Path} that belongs to it, or keep the folder as it is and use another.",
            isTransient: false);
    }

    private static long SizeOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private SqliteConnection Open(SqliteOpenMode mode, bool pooled)
    {
        RefuseOrphanedWal();
        var connection = new SqliteConnection(ConnectionString(Path, mode, pooled));
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private string ConnectionString(string path, SqliteOpenMode mode, bool pooled) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = mode,
        Pooling = pooled,
        DefaultTimeout = Math.Max(1, (int)options.BusyTimeout.TotalSeconds),
    }.ConnectionString;
}
