using Microsoft.Data.Sqlite;
using Parley.Log;

namespace Parley.Storage.Sqlite;

/// <summary>Reads a log row by row, so that a damaged page hides no more than what is on it.</summary>
internal sealed class DamagedLog : IDisposable
{
    private const string StreamColumns = "id, name, started_at, ended_at, erased_at, epoch, due_at, client, external_id, details, revision";
    private const string FactColumns = "seq, event_id, visible, at, type, json";

    private readonly SqliteConnection _connection;

    public DamagedLog(string path)
    {
        _connection = new SqliteFiles(new SqliteLogOptions { Path = path }).OpenForReading();
        try
        {
            using var version = Query("PRAGMA user_version");
            version.Read();
            if (version.GetInt64(0) != SqliteSchema.Version)
                throw new InvalidDataException(
                    $"{path} has schema version {version.GetInt64(0)}; only version {SqliteSchema.Version} can be repaired. "
                    + "Open it with this Parley first.");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The streams, from the first on up to a damaged page, and from the last on back to one.</summary>
    public (IReadOnlyList<Row> Rows, bool IsWhole) Streams()
    {
        var rows = new SortedDictionary<long, Row>();
        if (TryAdd("ASC"))
            return ([.. rows.Values], true);
        TryAdd("DESC");
        return ([.. rows.Values], false);

        bool TryAdd(string order)
        {
            try
            {
                using var found = Query($"SELECT {StreamColumns} FROM streams ORDER BY id {order}");
                while (found.Read())
                    rows.TryAdd(found.GetInt64(0), Row.Of(found));
                return true;
            }
            catch (SqliteException fault) when (SqliteFaults.IsDamage(fault))
            {
                return false;
            }
        }
    }

    /// <exception cref="SqliteException">The next fact is on a damaged page.</exception>
    public IEnumerable<LogRecord> Facts(long stream) => Read($"SELECT {FactColumns} FROM facts WHERE stream=$a ORDER BY seq", stream);

    /// <summary>The facts after one, the last first.</summary>
    /// <exception cref="SqliteException">The next fact is on a damaged page.</exception>
    public IEnumerable<LogRecord> FactsFromTheEnd(long stream, long after) =>
        Read($"SELECT {FactColumns} FROM facts WHERE stream=$a AND seq>$b ORDER BY seq DESC", stream, after);

    /// <summary>The number of the last fact; null where it cannot be read.</summary>
    public long? LastSeq(long stream)
    {
        try
        {
            using var rows = Query("SELECT max(seq) FROM facts WHERE stream=$a", stream);
            return rows.Read() && !rows.IsDBNull(0) ? rows.GetInt64(0) : null;
        }
        catch (SqliteException fault) when (SqliteFaults.IsDamage(fault))
        {
            return null;
        }
    }

    /// <summary>The labels of a stream, as far as they can be read.</summary>
    public IReadOnlyList<string> Labels(long stream)
    {
        var labels = new List<string>();
        try
        {
            using var rows = Query("SELECT label FROM labels WHERE stream=$a", stream);
            while (rows.Read())
                labels.Add(rows.GetString(0));
        }
        catch (SqliteException fault) when (SqliteFaults.IsDamage(fault))
        {
            return labels;
        }

        return labels;
    }

    public void Dispose()
    {
        SqliteConnection.ClearPool(_connection);
        _connection.Dispose();
    }

    private IEnumerable<LogRecord> Read(string sql, params object[] values)
    {
        using var rows = Query(sql, values);
        while (rows.Read())
            yield return new LogRecord(
                rows.GetInt64(0),
                rows.GetInt64(2) != 0 ? rows.GetInt64(1) : 0,
                SqliteReader.Time(rows, 3)!.Value,
                rows.GetString(4),
                rows.GetFieldValue<byte[]>(5));
    }

    private SqliteDataReader Query(string sql, params object[] values)
    {
        // Left to the connection: disposing of it here would take the rows away.
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${(char)('a' + i)}", values[i]);
        return command.ExecuteReader();
    }

    /// <summary>A row of the list of streams, as it is stored.</summary>
    internal sealed record Row(
        long Id,
        string Name,
        long StartedAt,
        object? EndedAt,
        object? ErasedAt,
        long Epoch,
        object? DueAt,
        object? Client,
        object? ExternalId,
        object? Details,
        long Revision)
    {
        public bool IsErased => ErasedAt is not null;

        public bool HasEnded => EndedAt is not null;

        public static Row Of(SqliteDataReader row) => new(
            row.GetInt64(0),
            row.GetString(1),
            row.GetInt64(2),
            Value(row, 3),
            Value(row, 4),
            row.GetInt64(5),
            Value(row, 6),
            Value(row, 7),
            Value(row, 8),
            Value(row, 9),
            row.GetInt64(10));

        private static object? Value(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetValue(column);
    }
}
