using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Parley.Storage.Sqlite;

internal static class SqliteSchema
{
    // "Parl", so that a database of someone else's is not taken for a log.
    private const long ApplicationId = 0x5061726C;

    /// <summary>Writes whose database this is: the same in every version.</summary>
    public static readonly string Claim = string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id={ApplicationId}");

    // One step for each version, never changed once released: a new shape is a new step.
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE streams (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            started_at INTEGER NOT NULL,
            ended_at INTEGER,
            erased_at INTEGER);
        -- event_id never falls from one fact to the next, so that it can be searched without an index of its own; a fact that viewers do
        -- not get carries the last one they got, and is not visible.
        CREATE TABLE facts (
            stream INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            event_id INTEGER NOT NULL,
            visible INTEGER NOT NULL,
            at INTEGER NOT NULL,
            type TEXT NOT NULL,
            json BLOB NOT NULL,
            PRIMARY KEY (stream, seq)) WITHOUT ROWID;
        CREATE TABLE checkpoints (
            stream INTEGER PRIMARY KEY,
            seq INTEGER NOT NULL,
            version INTEGER NOT NULL,
            state BLOB NOT NULL);
        """,
        """
        ALTER TABLE streams ADD COLUMN tenant TEXT AS (substr(name, 1, max(0, instr(name, '/') - 1))) VIRTUAL;
        -- 0 open, 1 ended, 2 erased.
        ALTER TABLE streams ADD COLUMN state INTEGER AS (iif(erased_at IS NOT NULL, 2, iif(ended_at IS NOT NULL, 1, 0))) VIRTUAL;
        ALTER TABLE streams ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE streams ADD COLUMN due_at INTEGER;
        ALTER TABLE streams ADD COLUMN client TEXT;
        ALTER TABLE streams ADD COLUMN external_id TEXT;
        ALTER TABLE streams ADD COLUMN details BLOB;
        ALTER TABLE streams ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE epochs (last INTEGER NOT NULL);
        INSERT INTO epochs VALUES (0);
        CREATE TABLE labels (
            tenant TEXT NOT NULL,
            label TEXT NOT NULL,
            state INTEGER NOT NULL,
            started_at INTEGER NOT NULL,
            stream INTEGER NOT NULL,
            PRIMARY KEY (tenant, label, state, started_at, stream)) WITHOUT ROWID;
        CREATE INDEX labels_of_stream ON labels (stream);
        CREATE INDEX streams_by_beginning ON streams (tenant, state, started_at, id);
        CREATE INDEX streams_open ON streams (id) WHERE ended_at IS NULL AND erased_at IS NULL;
        CREATE INDEX streams_by_due_time ON streams (due_at, id) WHERE due_at IS NOT NULL;
        CREATE INDEX streams_by_end ON streams (ended_at, id) WHERE ended_at IS NOT NULL AND erased_at IS NULL;
        CREATE UNIQUE INDEX streams_by_external_id ON streams (tenant, external_id) WHERE external_id IS NOT NULL;
        -- Version 1 does not say what goes on in a stream: each that is open must be looked at. Its client is in its first fact.
        UPDATE streams SET
            due_at=0,
            client=(SELECT json_extract(CAST(json AS TEXT), '$.owner') FROM facts
                WHERE stream=streams.id AND seq=1 AND type='opened' AND json_valid(CAST(json AS TEXT)))
        WHERE ended_at IS NULL AND erased_at IS NULL;
        """,
    ];

    /// <summary>Gets the version that this program reads and writes.</summary>
    public static int Version => Steps.Length;

    /// <exception cref="InvalidDataException">The file holds another program's database.</exception>
    public static void RefuseForeign(SqliteConnection connection, string path)
    {
        if (Number(connection, "PRAGMA application_id") != ApplicationId && Number(connection, "SELECT count(*) FROM sqlite_schema") > 0)
            throw new InvalidDataException($"{path} is a database, but not a log of Parley's.");
    }

    public static void Migrate(SqliteConnection connection, string path)
    {
        using var transaction = connection.BeginTransaction();
        var version = Number(connection, "PRAGMA user_version");
        if (version > Steps.Length)
            throw new InvalidDataException($"{path} has schema version {version}; this Parley knows up to {Steps.Length}. Use a newer one.");
        if (version == Steps.Length)
            return;
        foreach (var step in Steps.Skip((int)version))
            Execute(connection, step);
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"{Claim}; PRAGMA user_version={Steps.Length};"));
        transaction.Commit();
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
