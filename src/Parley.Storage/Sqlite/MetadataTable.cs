using Parley.Log;
using SQLitePCL;

namespace Parley.Storage.Sqlite;

/// <summary>What the writer says to the database about the metadata of streams.</summary>
internal sealed class MetadataTable(sqlite3 db) : IDisposable
{
    private readonly SqliteStatement _revision = new(db, "SELECT revision FROM streams WHERE id=?1");
    private readonly SqliteStatement _owner = new(db, "SELECT name FROM streams WHERE tenant=?1 AND external_id=?2 AND id<>?3");
    private readonly SqliteStatement _save = new(db, "UPDATE streams SET external_id=?2, details=?3, revision=?4 WHERE id=?1");
    private readonly SqliteStatement _label = new(db, """
        INSERT INTO labels SELECT tenant, ?2, state, started_at, id FROM streams WHERE id=?1
        """);
    private readonly SqliteStatement _follow = new(db, """
        UPDATE labels SET state=(SELECT state FROM streams WHERE id=?1) WHERE stream=?1
        """);
    private readonly SqliteStatement _unlabel = new(db, "DELETE FROM labels WHERE stream=?1");

    /// <summary>Refuses metadata that cannot be saved.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="id">Its id; 0 for a new one.</param>
    /// <param name="metadata">Its metadata.</param>
    public void Check(string stream, long id, StreamMetadata metadata)
    {
        AppendRules.CheckMetadata(stream, id == 0 ? 0 : _revision.Bind(1, id).Read(row => row.Int64(0)), metadata);
        if (metadata.ExternalId is not { } externalId)
            return;
        _owner.Bind(1, StreamKey.TenantOf(stream) ?? "").Bind(2, externalId).Bind(3, id);
        if (_owner.Read(row => row.Text(0)) is { } owner)
            throw new ExternalIdTakenException(owner);
    }

    public void Save(long id, StreamMetadata metadata)
    {
        Write(id, metadata with { Revision = metadata.Revision + 1 });
        foreach (var label in metadata.Labels)
            _label.Bind(1, id).Bind(2, label).Run();
    }

    /// <summary>Lists a stream under its labels with the state that it has now.</summary>
    public void FollowState(long id) => _follow.Bind(1, id).Run();

    public void Delete(long id) => Write(id, StreamMetadata.None);

    public void Dispose()
    {
        foreach (var statement in new[] { _revision, _owner, _save, _label, _follow, _unlabel })
            statement.Dispose();
    }

    private void Write(long id, StreamMetadata metadata)
    {
        _unlabel.Bind(1, id).Run();
        _save.Bind(1, id).Bind(2, metadata.ExternalId).Bind(3, metadata.Details.Span).Bind(4, metadata.Revision).Run();
    }
}
