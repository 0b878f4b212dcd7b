using Microsoft.Data.Sqlite;

namespace Parley.IntegrationTests.Log;

/// <summary>Writes into a database what a disk writes: also null where the schema takes none.</summary>
internal static class DamagedRow
{
    private const string NotNull = " NOT NULL";
    private const string Nullable = " /*NULL*/";

    /// <summary>Changes rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sql">The change.</param>
    public static void With(string path, string sql)
    {
        ChangeSchema(path, NotNull, Nullable);
        Assert.True(Execute(path, sql) > 0);
        ChangeSchema(path, Nullable, NotNull);
    }

    private static void ChangeSchema(string path, string from, string to)
    {
        foreach (var type in new[] { "INTEGER", "TEXT", "BLOB" })
            Execute(path, $"PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql=replace(sql, '{type}{from}', '{type}{to}') WHERE type='table'");
    }

    private static int Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }
}
