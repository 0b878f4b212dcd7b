using Microsoft.Data.Sqlite;
using Parley.Log;
using Parley.Storage.Sqlite;

namespace Parley.IntegrationTests.Log;

/// <summary>A log of the first schema, as the first version wrote it, is brought to this version's when it is opened.</summary>
public sealed class SqliteMigrationTests : IDisposable
{
    private const string VersionOne = """
        PRAGMA journal_mode=WAL;
        PRAGMA application_id=0x5061726C;
        CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, started_at INTEGER NOT NULL, ended_at INTEGER, erased_at INTEGER);
        CREATE TABLE facts (stream INTEGER NOT NULL, seq INTEGER NOT NULL, event_id INTEGER NOT NULL, visible INTEGER NOT NULL, at INTEGER NOT NULL,
            type TEXT NOT NULL, json BLOB NOT NULL, PRIMARY KEY (stream, seq)) WITHOUT ROWID;
        CREATE TABLE checkpoints (stream INTEGER PRIMARY KEY, seq INTEGER NOT NULL, version INTEGER NOT NULL, state BLOB NOT NULL);
        PRAGMA user_version=1;
        INSERT INTO streams VALUES
            (1, 'open', 100, NULL, NULL),
            (2, 'acme/ended', 200, 300, NULL),
            (3, 'acme/erased', 210, NULL, 400),
            (4, 'acme/open', 220, NULL, NULL);
        INSERT INTO facts VALUES
            (1, 1, 0, 0, 100, 'A', x'7b7d'),
            (1, 2, 1, 1, 110, 'B', x'7b2261223a317d'),
            (2, 1, 1, 1, 300, 'SESSION_ENDED', x'7b7d'),
            (4, 1, 0, 0, 220, 'opened', x'7b226f776e6572223a226b6579206e6f727468227d');
        INSERT INTO checkpoints VALUES (1, 2, 7, x'0102');
        """;

    private readonly LogFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task What_it_has_is_there_as_it_was()
    {
        WriteVersionOne();
        await using var log = await _file.OpenAsync();
        Assert.Equal(["open", "acme/ended", "acme/erased", "acme/open"], await log.ListAsync().Select(head => head.Stream).ToListAsync());
        Assert.Equal([(1L, 0L, "A", "{}"), (2, 1, "B", """{"a":1}""")],
            (await log.ReadAsync("open", 0).AllAsync()).Said().Select(fact => (fact.Seq, fact.EventId, fact.Type, fact.Json)));
        Assert.Equal(7, (await log.LoadCheckpointAsync("open"))!.Version);
        await Assert.ThrowsAsync<StreamErasedException>(() => log.ReadAsync("acme/erased", 0).AllAsync());
        Assert.Equal(2, (await log.CheckAsync()).SchemaVersion);
    }

    [Fact]
    public async Task It_is_listed_by_tenant_and_state()
    {
        WriteVersionOne();
        await using var log = await _file.OpenAsync();
        Assert.Equal(["acme/ended", "acme/open"], await NamesAsync(log, new StreamQuery("acme")));
        Assert.Equal(["acme/erased"], await NamesAsync(log, new StreamQuery("acme") { State = StreamState.Erased }));
        Assert.Equal(["open"], await NamesAsync(log, new StreamQuery(null)));
        Assert.Equal(["acme/ended"], await log.ListEndedAsync(DateTimeOffset.MaxValue).ToListAsync());
    }

    [Fact]
    public async Task Each_stream_that_is_open_is_due_at_once()
    {
        WriteVersionOne();
        await using var log = await _file.OpenAsync();
        var due = await log.ListDueAsync(DateTimeOffset.MinValue, DateTimeOffset.MinValue).Select(due => due.Stream).ToListAsync();
        Assert.Equal(["open", "acme/open"], due);
        Assert.Equal([new("open", null), new("acme/open", "key north")], await log.ListOpenAsync().ToListAsync());
    }

    [Fact]
    public async Task It_goes_on_without_an_owner_and_with_one()
    {
        WriteVersionOne();
        await using var log = await _file.OpenAsync();
        await log.AppendAsync("open", 0, 2, Facts.Range(3, 3, _ => 2));
        var owned = await log.AcquireAsync("open");
        await Assert.ThrowsAsync<StaleEpochException>(async () => await log.AppendAsync("open", 0, 3, Facts.Range(4, 4, _ => 3)));
        await log.AppendAsync("open", owned.Epoch, 3, Facts.Range(4, 4, _ => 3));
        await log.SaveMetadataAsync("acme/ended", new StreamMetadata { ExternalId = "x", Labels = ["y"] });
        Assert.Equal("acme/ended", (await log.FindExternalAsync("acme", "x"))!.Stream);
    }

    private static async Task<List<string>> NamesAsync(SqliteEventLog log, StreamQuery query) =>
        [.. (await log.ListAsync(query)).Streams.Select(head => head.Stream)];

    private void WriteVersionOne()
    {
        using var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = VersionOne;
        command.ExecuteNonQuery();
    }
}
