using System.Globalization;
using Microsoft.Data.Sqlite;
using Parley.Log;

namespace Parley.Storage.Sqlite;

// One look at the database: everything it answers is of the same moment.
internal sealed class SqliteReader : IDisposable
{
    private const string Heads = """
        SELECT s.id, s.name, f.seq, f.event_id, s.started_at, s.ended_at, s.erased_at
        FROM streams s LEFT JOIN facts f ON f.stream=s.id AND f.seq=(SELECT max(seq) FROM facts WHERE stream=s.id)
        """;

    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _snapshot;

    public SqliteReader(SqliteConnection connection) =>
        (_connection, _snapshot) = (connection, connection.BeginTransaction(deferred: true));

    public List<LogRecord> Facts(string stream, long afterSeq, bool visibleOnly, int most)
    {
        using var rows = Query(
            $"SELECT seq, event_id, visible, at, type, json FROM facts WHERE stream=$a AND seq>$b {(visibleOnly ? "AND visible" : "")} ORDER BY seq LIMIT $c",
            IdOf(stream), afterSeq, most);
        var facts = new List<LogRecord>();
        while (rows.Read())
        {
            var eventId = rows.GetInt64(2) != 0 ? rows.GetInt64(1) : 0;
            facts.Add(new LogRecord(rows.GetInt64(0), eventId, Time(rows, 3)!.Value, rows.GetString(4), rows.GetFieldValue<byte[]>(5)));
        }
        return facts;
    }

    /// <summary>The last fact before the one that carries an event, found by halving: event ids never fall.</summary>
    public long SeqBeforeEvent(string stream, long eventId)
    {
        var id = IdOf(stream);
        var (low, high) = (0L, Number("SELECT coalesce(max(seq), 0) FROM facts WHERE stream=$a", id) + 1);
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (Number("SELECT event_id FROM facts WHERE stream=$a AND seq=$b", id, middle) < eventId)
                low = middle;
            else
                high = middle;
        }
        return low;
    }

    public StreamHead? Find(string stream)
    {
        using var rows = Query(Heads + " WHERE s.name=$a", stream);
        return rows.Read() ? Head(rows) : null;
    }

    public List<(long Id, StreamHead Head)> List(long afterId, int most)
    {
        using var rows = Query(Heads + " WHERE s.id>$a ORDER BY s.id LIMIT $b", afterId, most);
        var page = new List<(long, StreamHead)>();
        while (rows.Read())
            page.Add((rows.GetInt64(0), Head(rows)));
        return page;
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

    private SqliteDataReader Query(string sql, params ReadOnlySpan<object> values)
    {
        // Left to the connection: disposing of it here would take the rows away.
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = _snapshot;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${(char)('a' + i)}", values[i]);
        return command.ExecuteReader();
    }

    private static StreamHead Head(SqliteDataReader row) => new(
        row.GetString(1),
        row.IsDBNull(2) ? 0 : row.GetInt64(2),
        row.IsDBNull(3) ? 0 : row.GetInt64(3),
        Time(row, 4)!.Value,
        Time(row, 5),
        Time(row, 6));

    private static DateTimeOffset? Time(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);
}
