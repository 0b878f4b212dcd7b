using Microsoft.Data.Sqlite;
using Parley.Log;
using SQLitePCL;

namespace Parley.Storage.Sqlite;

internal static class SqliteFaults
{
    /// <summary>Whether a page is damaged, while the file is still a database.</summary>
    public static bool IsDamage(Exception fault) =>
        fault is EventLogUnavailableException { InnerException: SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT } }
            or SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT };

    /// <summary>Says what an operator needs to know. SQLite's own words never quote what is stored.</summary>
    public static EventLogUnavailableException Explain(SqliteException fault, string path)
    {
        var (what, isTransient) = fault.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => ("the disk is full, or the log has reached its largest size", true),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => ("another process holds it locked", true),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => ("it is damaged; restore a backup", false),
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN => ("it cannot be opened or written", false),
            // After a failed write or flush nobody knows what is on the disk: only opening it again tells.
            _ => ("reading or writing it failed", false),
        };
        return new EventLogUnavailableException($"The log {path}: {what}. SQLite says: {fault.Message}", isTransient, fault);
    }
}
