using Parley.Log;
using SQLitePCL;

namespace Parley.Storage.Sqlite;

/// <summary>What the writer says to the database about facts and checkpoints.</summary>
internal sealed class FactTable(sqlite3 db) : IDisposable
{
    private readonly SqliteStatement _insert = new(db, "INSERT INTO facts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    private readonly SqliteStatement _save = new(db, """
        INSERT INTO checkpoints VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT DO UPDATE SET seq=excluded.seq, version=excluded.version, state=excluded.state WHERE excluded.seq >= seq
        """);
    private readonly SqliteStatement _find = new(db, "SELECT id FROM streams WHERE name=?1 AND erased_at IS NULL");
    private readonly SqliteStatement _deleteFacts = new(db, "DELETE FROM facts WHERE stream=?1");
    private readonly SqliteStatement _deleteCheckpoint = new(db, "DELETE FROM checkpoints WHERE stream=?1");
    private readonly SqliteStatement _touch = new(db, SqliteSchema.Claim);

    /// <summary>The streams that the facts are of.</summary>
    public StreamTable Streams { get; } = new(db);

    /// <summary>Writes what is there already.</summary>
    public void Touch() => _touch.Run();

    public void Append(string stream, long epoch, long expectedSeq, IReadOnlyList<LogRecord> records, StreamChange? change)
    {
        var head = Streams.HeadOf(stream, epoch);
        AppendRules.Check(stream, head.Seq, head.EventId, expectedSeq, records);
        if (change?.Metadata is { } metadata)
            Streams.Check(stream, head.Id, metadata);
        if (head.Id == 0)
            head = head with { Id = Streams.Begin(stream, epoch, records[0].At), Epoch = epoch };
        if (change is not null)
            Streams.Change(head.Id, change);
        foreach (var record in records)
        {
            var visible = record.EventId != 0;
            if (visible)
                head.EventId = record.EventId;
            _insert.Bind(1, head.Id).Bind(2, record.Seq).Bind(3, head.EventId).Bind(4, visible ? 1 : 0)
                .Bind(5, record.At.UtcTicks).Bind(6, record.Type).Bind(7, record.Json.Span).Run();
            if (record.Type == LogRecord.EndOfStream)
                Streams.End(head.Id, record.At, change?.DueAt);
            head.Seq = record.Seq;
        }
        Streams.Remember(stream, head);
    }

    public void SaveCheckpoint(string stream, long epoch, LogCheckpoint checkpoint)
    {
        var head = Streams.HeadOf(stream, epoch);
        AppendRules.CheckCheckpoint(stream, head.Seq, checkpoint);
        _save.Bind(1, head.Id).Bind(2, checkpoint.Seq).Bind(3, checkpoint.Version).Bind(4, checkpoint.State.Span).Run();
    }

    public bool Erase(string stream, long epoch, DateTimeOffset now)
    {
        if (_find.Bind(1, stream).Read(row => row.Int64(0)) == 0)
            return false;
        var id = Streams.HeadOf(stream, epoch).Id;
        _deleteFacts.Bind(1, id).Run();
        _deleteCheckpoint.Bind(1, id).Run();
        Streams.Bury(stream, id, now);
        return true;
    }

    public void Dispose()
    {
        Streams.Dispose();
        foreach (var statement in new[] { _insert, _save, _find, _deleteFacts, _deleteCheckpoint, _touch })
            statement.Dispose();
    }
}
