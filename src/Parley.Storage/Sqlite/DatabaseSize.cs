namespace Parley.Storage.Sqlite;

/// <summary>
/// The size that the database file of a log keeps while it is open: what another program cuts off is noticed by nothing else before a page
/// that was cut off is read, and SQLite deletes the write-ahead log of an empty database.
/// </summary>
/// <remarks>
/// Several threads may use it. Only the size is looked at: to open the file and close it again would end SQLite's locks on it.
/// </remarks>
internal sealed class DatabaseSize
{
    private readonly string _path;
    private readonly Lock _lock = new();
    private long _least;

    /// <param name="path">The database file. It is open.</param>
    public DatabaseSize(string path) => (_path, _least) = (path, Now(path) ?? 0);

    /// <summary>Returns whether the file is as large as it was. One that is gone counts as such: <see cref="OpenFiles"/> says so.</summary>
    public bool IsKept() => Now(_path) is not { } bytes || bytes >= Volatile.Read(ref _least);

    /// <summary>Returns whether the file is as large as it was, or as the database is now: SQLite makes a file smaller with it.</summary>
    /// <param name="state">The write-ahead log as SQLite knows it; null where nothing was written since the database was opened.</param>
    public bool Holds(WalState? state)
    {
        lock (_lock)
        {
            if (Now(_path) is not { } bytes) return true;
            var database = state is { } known ? known.Pages * known.PageBytes : long.MaxValue;
            if (bytes < Math.Min(_least, database)) return false;
            Volatile.Write(ref _least, Math.Min(bytes, database));
            return true;
        }
    }

    private static long? Now(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : null;
}
