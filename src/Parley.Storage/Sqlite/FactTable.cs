using Parley.Log;
using SQLitePCL;

namespace Parley.Storage.Sqlite;

// Everything the writer says to the database. Remembers where each stream stands, as long as nobody else writes.
internal sealed class FactTable(sqlite3 db) : IDisposable
{
    // Streams are forgotten together: a look-up finds them again.
    private const int MostRemembered = 100_000;

    private readonly Dictionary<string, Head> _heads = new(StringComparer.Ordinal);
    private readonly SqliteStatement _dataVersion = new(db, "PRAGMA data_version");
    private readonly SqliteStatement _find = new(db, "SELECT id, erased_at FROM streams WHERE name=?1");
    private readonly SqliteStatement _last = new(db, "SELECT seq, event_id FROM facts WHERE stream=?1 ORDER BY seq DESC LIMIT 1");
    private readonly SqliteStatement _start = new(db, "INSERT INTO streams (name, started_at) VALUES (?1, ?2) RETURNING id");
    private readonly SqliteStatement _insert = new(db, "INSERT INTO facts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    private readonly SqliteStatement _end = new(db, "UPDATE streams SET ended_at=coalesce(ended_at, ?2) WHERE id=?1");
    private readonly SqliteStatement _save = new(db, """
        INSERT INTO checkpoints VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT DO UPDATE SET seq=excluded.seq, version=excluded.version, state=excluded.state WHERE excluded.seq >= seq
        """);
    private readonly SqliteStatement _deleteFacts = new(db, "DELETE FROM facts WHERE stream=?1");
    private readonly SqliteStatement _deleteCheckpoint = new(db, "DELETE FROM checkpoints WHERE stream=?1");
    private readonly SqliteStatement _bury = new(db, "UPDATE streams SET erased_at=?2 WHERE id=?1");
    private readonly SqliteStatement _touch = new(db, SqliteSchema.Claim);
    private long _version;

    /// <summary>To be called inside each transaction: forgets what another process may have changed since the last.</summary>
    public void Refresh()
    {
        var version = _dataVersion.Read(row => row.Int64(0));
        if (version != _version || _heads.Count > MostRemembered)
            Forget();
        _version = version;
    }

    public void Forget() => _heads.Clear();

    /// <summary>Writes what is there already.</summary>
    public void Touch() => _touch.Run();

    public void Append(string stream, long expectedSeq, IReadOnlyList<LogRecord> records)
    {
        var head = HeadOf(stream);
        AppendRules.Check(stream, head.Seq, head.EventId, expectedSeq, records);
        if (head.Id == 0)
            head.Id = _start.Bind(1, stream).Bind(2, records[0].At.UtcTicks).Read(row => row.Int64(0));
        foreach (var record in records)
        {
            var visible = record.EventId != 0;
            if (visible)
                head.EventId = record.EventId;
            _insert.Bind(1, head.Id).Bind(2, record.Seq).Bind(3, head.EventId).Bind(4, visible ? 1 : 0)
                .Bind(5, record.At.UtcTicks).Bind(6, record.Type).Bind(7, record.Json.Span).Run();
            if (record.Type == LogRecord.EndOfStream)
                _end.Bind(1, head.Id).Bind(2, record.At.UtcTicks).Run();
            head.Seq = record.Seq;
        }
        _heads[stream] = head;
    }

    public void SaveCheckpoint(string stream, LogCheckpoint checkpoint)
    {
        var head = HeadOf(stream);
        if (checkpoint.Seq < 1 || checkpoint.Seq > head.Seq)
            throw new ArgumentException($"{stream} has no fact {checkpoint.Seq}.", nameof(checkpoint));
        _save.Bind(1, head.Id).Bind(2, checkpoint.Seq).Bind(3, checkpoint.Version).Bind(4, checkpoint.State.Span).Run();
    }

    public bool Erase(string stream, DateTimeOffset now)
    {
        var id = _find.Bind(1, stream).Read(row => row.IsNull(1) ? row.Int64(0) : 0);
        if (id == 0)
            return false;
        _deleteFacts.Bind(1, id).Run();
        _deleteCheckpoint.Bind(1, id).Run();
        _bury.Bind(1, id).Bind(2, now.UtcTicks).Run();
        _heads.Remove(stream);
        return true;
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _dataVersion, _find, _last, _start, _insert, _end, _save, _deleteFacts, _deleteCheckpoint, _bury, _touch })
            statement.Dispose();
    }

    private Head HeadOf(string stream)
    {
        if (_heads.TryGetValue(stream, out var known))
            return known;
        var (id, erased) = _find.Bind(1, stream).Read(row => (row.Int64(0), !row.IsNull(1)));
        if (erased)
            throw new StreamErasedException(stream);
        var (seq, eventId) = id == 0 ? default : _last.Bind(1, id).Read(row => (row.Int64(0), row.Int64(1)));
        return _heads[stream] = new Head(id, seq, eventId);
    }

    private record struct Head(long Id, long Seq, long EventId);
}
