using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Parley.Storage.Sqlite;

// A prepared statement without ADO.NET around it: the writer runs one for every fact.
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(sqlite3 db, string sql)
    {
        _db = db;
        Check(raw.sqlite3_prepare_v2(db, sql, out _statement));
    }

    public SqliteStatement Bind(int place, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, place, value));
        return this;
    }

    public SqliteStatement Bind(int place, long? value)
    {
        if (value is { } number)
            return Bind(place, number);
        Check(raw.sqlite3_bind_null(_statement, place));
        return this;
    }

    public SqliteStatement Bind(int place, string? value)
    {
        if (value is null)
        {
            Check(raw.sqlite3_bind_null(_statement, place));
            return this;
        }

        Span<byte> utf8 = stackalloc byte[256];
        // An empty span would be taken for null.
        Check(Encoding.UTF8.TryGetBytes(value, utf8, out var length) && length > 0
            ? raw.sqlite3_bind_text(_statement, place, utf8[..length])
            : raw.sqlite3_bind_text(_statement, place, value));
        return this;
    }

    public SqliteStatement Bind(int place, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, place, 0) : raw.sqlite3_bind_blob(_statement, place, value));
        return this;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    public void Run() => Read(static _ => true);

    /// <summary>Reads the first row; default where there is none.</summary>
    public T? Read<T>(Func<SqliteStatement, T> row)
    {
        var step = raw.sqlite3_step(_statement);
        try
        {
            return step switch
            {
                raw.SQLITE_ROW => row(this),
                raw.SQLITE_DONE => default,
                _ => throw Error(step),
            };
        }
        finally
        {
            // Its result repeats what the step said.
            _ = raw.sqlite3_reset(_statement);
        }
    }

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw Error(result);
    }

    private SqliteException Error(int result) =>
        new(raw.sqlite3_errmsg(_db).utf8_to_string(), result & 0xff, raw.sqlite3_extended_errcode(_db));
}
