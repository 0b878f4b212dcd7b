using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Parley.Conversations.Replay;
using Parley.Log;
using SQLitePCL;

namespace Parley.Storage.Sqlite;

/// <summary>
/// Saves what can be read of a damaged log into a new one. Of each stream the facts up to the last input before the first that is missing
/// or damaged are a log that can be gone on from; later ones that can be read are written to a file of JSON lines beside it. The damaged
/// file is only read.
/// </summary>
public sealed class SqliteRepair
{
    private readonly DamagedLog _source;
    private readonly SqliteConnection _target;
    private readonly List<SqliteRepairLoss> _losses = [];
    private readonly StreamWriter _unplaced;
    private int _streams;
    private long _facts;

    private SqliteRepair(DamagedLog source, SqliteConnection target, StreamWriter unplaced) =>
        (_source, _target, _unplaced) = (source, target, unplaced);

    /// <summary>Saves what can be read.</summary>
    /// <param name="path">The damaged log.</param>
    /// <param name="target">The new log; it must not exist.</param>
    /// <param name="unplaced">The file for facts that can be read and have no place in the new log; it must not exist.</param>
    /// <param name="cancellationToken">Gives up; what is written so far stays.</param>
    /// <exception cref="IOException">One of the new files exists, or cannot be written.</exception>
    /// <exception cref="EventLogUnavailableException">Nothing can be read, or the new log cannot be written.</exception>
    public static Task<SqliteRepairReport> RunAsync(
        string path, string target, string unplaced, CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            if (File.Exists(target))
                throw new IOException($"{target} exists; a repair does not write over anything.");
            try
            {
                using var source = new DamagedLog(path);
                using var connection = new SqliteFiles(new SqliteLogOptions { Path = target }).OpenForWriting();
                SqliteSchema.Migrate(connection, target);
                using var lines = new StreamWriter(PrivateFile.Open(unplaced, FileMode.CreateNew, FileShare.Read), new UTF8Encoding(false));
                return new SqliteRepair(source, connection, lines).Run(cancellationToken);
            }
            catch (SqliteException fault)
            {
                throw SqliteFaults.Explain(fault, path);
            }
        },
        cancellationToken);

    private SqliteRepairReport Run(CancellationToken cancellationToken)
    {
        var (rows, isWhole) = _source.Streams();
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Save(row);
        }

        SqliteSchema.Execute(_target, "UPDATE epochs SET last=(SELECT coalesce(max(epoch), 0) FROM streams)");
        return new SqliteRepairReport(_streams, _facts, _losses, isWhole);
    }

    private void Save(StoredStream row)
    {
        var (saved, problem) = TrySave(row);
        _facts += saved;
        if (problem is not null)
            _losses.Add(new SqliteRepairLoss(row.Label, saved, SaveUnplaced(row, saved), _source.LastSeq(row.Id), problem));
    }

    private (long Saved, string? Problem) TrySave(StoredStream row)
    {
        if (row.Name is null)
            return (0, "Its name is damaged.");
        using var transaction = _target.BeginTransaction();
        try
        {
            var (saved, problem) = SaveStream(row);
            transaction.Commit();
            return (saved, problem);
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode == raw.SQLITE_CONSTRAINT)
        {
            return (0, "Another stream has its name or its external id.");
        }
    }

    private (long Saved, string? Problem) SaveStream(StoredStream row)
    {
        if (row.ErasedAt.At is not null)
        {
            Insert(row, isErased: true);
            return default;
        }

        var (saved, problem) = SaveFacts(row);
        // Erasing deletes the facts together with setting the time: what has some was not erased, whatever the damaged time was.
        if (saved == 0 && row.ErasedAt.IsDamaged)
        {
            Insert(row, isErased: true);
            return default;
        }

        if (saved > 0)
            Insert(row, isErased: false);
        return (saved, problem);
    }

    private (long Saved, string? Problem) SaveFacts(StoredStream row)
    {
        var check = new ConversationCheck(row.Name!);
        var (saved, problem) = SaveFacts(row, check);
        // What the last input brought may not be whole, and an input without it is a contradiction.
        if (problem is not null && saved > 0)
        {
            saved = check.LastInput - 1;
            Execute("DELETE FROM facts WHERE stream=$a AND seq>$b", row.Id, saved);
        }

        return (saved, problem);
    }

    private (long Saved, string? Problem) SaveFacts(StoredStream row, ConversationCheck check)
    {
        var (saved, eventId) = (0L, 0L);
        try
        {
            foreach (var stored in _source.Facts(row.Id))
            {
                if (stored.Seq != saved + 1)
                    return (saved, string.Create(CultureInfo.InvariantCulture, $"Fact {saved + 1} is missing."));
                if (!stored.TryRead(out var fact, out var problem) || (problem = check.Take(fact)) is not null)
                    return (saved, problem);
                eventId = fact.EventId != 0 ? fact.EventId : eventId;
                Execute(
                    "INSERT INTO facts VALUES ($a, $b, $c, $d, $e, $f, $g)",
                    row.Id, fact.Seq, eventId, fact.EventId != 0 ? 1 : 0, fact.At.UtcTicks, fact.Type, fact.Json.ToArray());
                saved++;
            }
        }
        catch (SqliteException fault) when (SqliteFaults.IsDamage(fault))
        {
            return (saved, string.Create(CultureInfo.InvariantCulture, $"Fact {saved + 1} is on a damaged page."));
        }

        return (saved, saved == 0 ? "It has no facts." : null);
    }

    private long SaveUnplaced(StoredStream row, long saved)
    {
        var count = 0L;
        try
        {
            foreach (var fact in _source.FactsFromTheEnd(row.Id, saved))
            {
                _unplaced.WriteLine(Line(row.Label, fact));
                count++;
            }
        }
        catch (SqliteException fault) when (SqliteFaults.IsDamage(fault))
        {
            // What lies between is lost.
            return count;
        }

        return count;
    }

    private static string Line(string stream, StoredFact fact)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("stream", stream);
            json.WriteNumber("seq", fact.Seq);
            json.WriteString("type", fact.Type);
            if (fact.At is { } at)
                json.WriteString("at", at);
            else
                json.WriteNull("at");
            // Perhaps it is no JSON any more.
            json.WriteString("fact", Encoding.UTF8.GetString(fact.Json ?? []));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    // A stream whose end is lost is open again: a server that starts on it ends it as abandoned, if nobody goes on. Times that are damaged
    // are taken from the facts.
    private void Insert(StoredStream row, bool isErased)
    {
        var end = isErased ? row.EndedAt.At?.UtcTicks : EndOf(row);
        Execute(
            """
            INSERT INTO streams (id, name, started_at, ended_at, erased_at, epoch, due_at, client, external_id, details, revision)
            VALUES ($a, $b, coalesce($c, (SELECT at FROM facts WHERE stream=$a AND seq=1), 0), $d, $e, $f, $g, $h, $i, $j, $k)
            """,
            row.Id,
            row.Name,
            row.StartedAt?.UtcTicks,
            end,
            isErased ? row.ErasedAt.At?.UtcTicks ?? 0 : null,
            row.Epoch,
            isErased || end is not null ? null : row.EndedAt.IsSet ? 0 : row.DueAt?.UtcTicks ?? 0,
            row.Client,
            row.ExternalId,
            row.Details,
            row.Revision);
        foreach (var label in _source.Labels(row.Id))
            Execute("INSERT INTO labels SELECT tenant, $b, state, started_at, id FROM streams WHERE id=$a", row.Id, label);
        _streams++;
    }

    private long? EndOf(StoredStream row)
    {
        if (!row.EndedAt.IsSet)
            return null;
        using var command = _target.CreateCommand();
        command.CommandText = "SELECT max(at) FROM facts WHERE stream=$a AND type=$b";
        command.Parameters.AddWithValue("$a", row.Id);
        command.Parameters.AddWithValue("$b", LogRecord.EndOfStream);
        return command.ExecuteScalar() is long at ? row.EndedAt.At?.UtcTicks ?? at : null;
    }

    private void Execute(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = _target.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${(char)('a' + i)}", values[i] ?? DBNull.Value);
        command.ExecuteNonQuery();
    }
}
