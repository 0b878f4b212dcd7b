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
            $"SELECT {StoredFact.Columns} FROM facts WHERE stream=$a AND seq>$b {(visibleOnly ? "AND visible" : "")} ORDER BY seq LIMIT $c",
            IdOf(stream), afterSeq, limit);
        var (facts, bytes) = (new List<LogRecord>(), 0);
        while (bytes < PageBytes && rows.Read())
        {
            if (!StoredFact.Of(rows).TryRead(out var fact, out var problem))
                throw new StreamUnreadableException(stream, problem);
            facts.Add(fact);
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
        // A damaged one counts as none: the facts have all of it.
        using var rows = Query(
            """
            SELECT seq, version, state FROM checkpoints
            WHERE stream=$a AND typeof(seq)='integer' AND typeof(state)='blob' AND typeof(version)='integer' AND abs(version)<2147483648
            """,
            IdOf(stream));
        return rows.Read() ? new LogCheckpoint(rows.GetInt64(0), rows.GetInt32(1), rows.GetFieldValue<byte[]>(2)) : null;
    }

    /// <summary>Looks at every page.</summary>
    public SqliteLogCheck Check(int most)
    {
        using var rows = Query(string.Create(CultureInfo.InvariantCulture, $"PRAGMA integrity_check({most})"));
        var faults = new List<string>();
        while (rows.Read())
            faults.Add(rows.GetString(0));
        return new SqliteLogCheck(Number("PRAGMA user_version"), faults is ["ok"] ? OddValues(most) : faults);
    }

    public void Dispose()
    {
        _snapshot.Dispose();
        _connection.Dispose();
    }

    // SQLite looks at the types of columns, and does not know which numbers are times.
    private List<string> OddValues(int most)
    {
        var faults = new List<string>();
        foreach (var (table, column) in (ReadOnlySpan<(string, string)>)
            [("streams", "started_at"), ("streams", "ended_at"), ("streams", "erased_at"), ("facts", "at")])
        {
            var stream = table == "streams" ? "id" : "stream";
            using var rows = Query(
                $"SELECT {stream}, count(*) FROM {table} WHERE {column} NOT BETWEEN 0 AND $a GROUP BY {stream} LIMIT $b",
                StoredValue.LastTime,
                Math.Max(0, most - faults.Count));
            while (rows.Read())
                faults.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{table}.{column} is not a time in {rows.GetInt64(1)} rows of stream {rows.GetInt64(0)}"));
        }

        return faults;
    }

    private long IdOf(string stream)
    {
        using var rows = Query("SELECT id, erased_at, started_at, ended_at FROM streams WHERE name=$a", stream);
        if (!rows.Read())
            return 0;
        if (StoredValue.Time(rows, 2) is null || !StoredValue.IsTimeOrNull(rows, 1) || !StoredValue.IsTimeOrNull(rows, 3))
            throw new StreamUnreadableException(stream, "Its row in the list of streams is damaged.");
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
}
