using Parley.Log;
using SQLitePCL;

namespace Parley.Storage.Sqlite;

/// <summary>What the writer says to the database about streams. Remembers where each stands, as long as no other process writes.</summary>
internal sealed class StreamTable : IDisposable
{
    // Streams are forgotten together: a look-up finds them again.
    private const int MaxRemembered = 100_000;

    private readonly Dictionary<string, WriterHead> _heads = new(StringComparer.Ordinal);
    private readonly List<SqliteStatement> _statements = [];
    private readonly SqliteStatement _dataVersion, _find, _last, _nextEpoch, _begin, _acquire, _end, _setDue, _setClient, _bury;
    private readonly MetadataTable _metadata;
    private long _version;

    public StreamTable(sqlite3 db)
    {
        _dataVersion = Prepare("PRAGMA data_version");
        _find = Prepare("SELECT id, epoch, erased_at FROM streams WHERE name=?1");
        _last = Prepare("SELECT seq, event_id FROM facts WHERE stream=?1 ORDER BY seq DESC LIMIT 1");
        _nextEpoch = Prepare("UPDATE epochs SET last=last+1 RETURNING last");
        _begin = Prepare("INSERT INTO streams (name, started_at, epoch) VALUES (?1, ?2, ?3) RETURNING id");
        _acquire = Prepare("UPDATE streams SET epoch=?2 WHERE id=?1");
        _end = Prepare("UPDATE streams SET ended_at=coalesce(ended_at, ?2), due_at=NULL WHERE id=?1");
        _setDue = Prepare("UPDATE streams SET due_at=?2 WHERE id=?1");
        _setClient = Prepare("UPDATE streams SET client=?2 WHERE id=?1");
        _bury = Prepare("UPDATE streams SET erased_at=?2, due_at=NULL, client=NULL WHERE id=?1");
        _metadata = new MetadataTable(db);

        SqliteStatement Prepare(string sql)
        {
            var statement = new SqliteStatement(db, sql);
            _statements.Add(statement);
            return statement;
        }
    }

    /// <summary>Call it inside each transaction: forgets what another process may have changed since the last.</summary>
    public void Refresh()
    {
        var version = _dataVersion.Read(row => row.Int64(0));
        if (version != _version || _heads.Count > MaxRemembered)
            Forget();
        _version = version;
    }

    public void Forget() => _heads.Clear();

    /// <summary>Where a stream stands for a caller of that epoch; with id 0 where there is none.</summary>
    /// <exception cref="StreamErasedException">The stream was erased.</exception>
    /// <exception cref="StaleEpochException">It has another owner.</exception>
    public WriterHead HeadOf(string stream, long epoch)
    {
        var head = HeadOf(stream);
        if (head.Id != 0)
            AppendRules.CheckEpoch(stream, head.Epoch, epoch, head.Seq);
        return head;
    }

    public void Remember(string stream, WriterHead head) => _heads[stream] = head;

    /// <exception cref="StreamErasedException">The stream was erased.</exception>
    public long Acquire(string stream)
    {
        var head = HeadOf(stream);
        var epoch = _nextEpoch.Read(row => row.Int64(0));
        if (head.Id == 0)
            return epoch;
        _acquire.Bind(1, head.Id).Bind(2, epoch).Run();
        Remember(stream, head with { Epoch = epoch });
        return epoch;
    }

    /// <summary>Enters a new stream.</summary>
    public long Begin(string stream, long epoch, DateTimeOffset at) =>
        _begin.Bind(1, stream).Bind(2, at.UtcTicks).Bind(3, epoch).Read(row => row.Int64(0));

    public void End(long id, DateTimeOffset at, DateTimeOffset? dueAt)
    {
        _end.Bind(1, id).Bind(2, at.UtcTicks).Run();
        if (dueAt is not null)
            SetDue(id, dueAt);
        _metadata.FollowState(id);
    }

    public void SetDue(string stream, long epoch, DateTimeOffset? dueAt) => SetDue(Existing(HeadOf(stream, epoch), stream), dueAt);

    /// <summary>Refuses a change that cannot be made. Call it before anything is written.</summary>
    public void Check(string stream, long id, StreamMetadata metadata) => _metadata.Check(stream, id, metadata);

    public void Change(long id, StreamChange change)
    {
        if (change.DueAt is { } dueAt)
            SetDue(id, dueAt);
        if (change.Client is { } client)
            _setClient.Bind(1, id).Bind(2, client).Run();
        if (change.Metadata is { } metadata)
            _metadata.Save(id, metadata);
    }

    public void SaveMetadata(string stream, StreamMetadata metadata)
    {
        var id = Existing(HeadOf(stream), stream);
        _metadata.Check(stream, id, metadata);
        _metadata.Save(id, metadata);
    }

    public void Bury(string stream, long id, DateTimeOffset now)
    {
        _metadata.Delete(id);
        _bury.Bind(1, id).Bind(2, now.UtcTicks).Run();
        _heads.Remove(stream);
    }

    public void Dispose()
    {
        _metadata.Dispose();
        foreach (var statement in _statements)
            statement.Dispose();
    }

    private void SetDue(long id, DateTimeOffset? dueAt) => _setDue.Bind(1, id).Bind(2, dueAt?.UtcTicks).Run();

    private static long Existing(WriterHead head, string stream) =>
        head.Id != 0 ? head.Id : throw new ArgumentException($"There is no stream {stream}.", nameof(stream));

    private WriterHead HeadOf(string stream)
    {
        if (_heads.TryGetValue(stream, out var known))
            return known;
        var (id, epoch, erased) = _find.Bind(1, stream).Read(row => (row.Int64(0), row.Int64(1), !row.IsNull(2)));
        if (erased)
            throw new StreamErasedException(stream);
        var (seq, eventId) = id == 0 ? default : _last.Bind(1, id).Read(row => (row.Int64(0), row.Int64(1)));
        return _heads[stream] = new WriterHead(id, seq, eventId, epoch);
    }
}

/// <summary>Where a stream stands, as far as the writer needs to know.</summary>
internal record struct WriterHead(long Id, long Seq, long EventId, long Epoch);
