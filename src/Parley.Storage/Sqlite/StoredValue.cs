using Microsoft.Data.Sqlite;

namespace Parley.Storage.Sqlite;

/// <summary>
/// Reads single values. A damaged row can have null in a column that takes none, and times that no clock shows: the row's stream is damaged
/// then, and no other stream of the same page of a list.
/// </summary>
internal static class StoredValue
{
    /// <summary>The latest time that can be read, in ticks. The earliest is 0.</summary>
    public static readonly long LastTime = DateTimeOffset.MaxValue.UtcTicks;

    /// <summary>Returns whether a column holds null or a time.</summary>
    public static bool IsTimeOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) || Time(row, column) is not null;

    /// <summary>Returns a time; null where there is none, and where the value is not one.</summary>
    public static DateTimeOffset? Time(SqliteDataReader row, int column) =>
        row.GetValue(column) is long ticks && ticks >= 0 && ticks <= LastTime ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Returns a number; 0 where there is none.</summary>
    public static long Number(SqliteDataReader row, int column) => row.IsDBNull(column) ? 0 : row.GetInt64(column);

    /// <summary>Returns a text; null where there is none.</summary>
    public static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>Returns the name of a stream; empty where it is missing: such a stream cannot be asked for, and is in no list.</summary>
    public static string Name(SqliteDataReader row, int column) => Text(row, column) ?? "";
}
