using System.Globalization;
using Microsoft.Data.Sqlite;
using Parley.Log;

namespace Parley.Storage.Sqlite;

/// <summary>One look at the database: everything it answers is of the same moment.</summary>
internal sealed class SqliteReader : IDisposable
{
    // A page of long facts ends sooner: what one reader holds is bounded in bytes, too.
    private const int PageBytes = 1 << 20;

    private const string LastEventId =
        "SELECT coalesce((SELECT event_id FROM facts WHERE stream=$a AND seq<=$b ORDER BY seq DESC LIMIT 1), 0)";

    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _snapshot;

    public SqliteReader(SqliteConnection connection) =>
        (_connection, _snapshot, Heads) = (connection, connection.BeginTransaction(deferred: true), new HeadReader(this));

    /// <summary>Where streams stand.</summary>
    public HeadReader Heads { get; }

    public (List<LogRecord> Facts, bool HasMore) Facts(string stream, long afterSeq, bool visibleOnly, int limit)
    {
        using var rows = Query(
            $"SELECT seq, event_id, visible, at, type, json FROM facts WHERE stream=$a AND seq>$b {(visibleOnly ? "AND visible" : "")} ORDER BY seq LIMIT $c",
            IdOf(stream), afterSeq, limit);
        var (facts, bytes) = (new List<LogRecord>(), 0);
        while (bytes < PageBytes && rows.Read())
        {
            var eventId = rows.GetInt64(2) != 0 ? rows.GetInt64(1) : 0;
            facts.Add(new LogRecord(rows.GetInt64(0), eventId, Time(rows, 3)!.Value, rows.GetString(4), rows.GetFieldValue<byte[]>(5)));
            bytes += facts[^1].Json.Length;
        }
        return (facts, facts.Count == limit || bytes >= PageBytes);
    }

    /// <summary>The last fact before the one that carries an event, found by halving: event ids never fall.</summary>
    public long SeqBeforeEvent(string stream, long eventId)
    {
        var id = IdOf(stream);
        var (low, high) = (0L, Number("SELECT coalesce(max(seq), 0) FROM facts WHERE stream=$a", id) + 1);
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            // A fact that is missing counts as the one before it: what is wrong with the stream is found by reading it.
            if (Number(LastEventId, id, middle) < eventId)
                low = middle;
            else
                high = middle;
        }
        return low;
    }

    public LogCheckpoint? Checkpoint(string stream)
    {
        using var rows = Query("SELECT seq, version, state FROM checkpoints WHERE stream=$a", IdOf(stream));
        return rows.Read() ? new LogCheckpoint(rows.GetInt64(0), rows.GetInt32(1), rows.GetFieldValue<byte[]>(2)) : null;
    }

    /// <summary>Looks at every page.</summary>
    public SqliteLogCheck Check(int most)
    {
        using var rows = Query(string.Create(CultureInfo.InvariantCulture, $"PRAGMA integrity_check({most})"));
        var faults = new List<string>();
        while (rows.Read())
            faults.Add(rows.GetString(0));
        return new SqliteLogCheck(Number("PRAGMA user_version"), faults is ["ok"] ? [] : faults);
    }

    public void Dispose()
    {
        _snapshot.Dispose();
        _connection.Dispose();
    }

    private long IdOf(string stream)
    {
        using var rows = Query("SELECT id, erased_at FROM streams WHERE name=$a", stream);
        if (!rows.Read())
            return 0;
        return rows.IsDBNull(1) ? rows.GetInt64(0) : throw new StreamErasedException(stream);
    }

    private long Number(string sql, params ReadOnlySpan<object> values)
    {
        using var rows = Query(sql, values);
        rows.Read();
        return rows.GetInt64(0);
    }

    public SqliteDataReader Query(string sql, params ReadOnlySpan<object> values)
    {
        // Left to the connection: disposing of it here would take the rows away.
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = _snapshot;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${(char)('a' + i)}", values[i]);
        return command.ExecuteReader();
    }

    public static DateTimeOffset? Time(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);
}
