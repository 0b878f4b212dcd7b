using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Parley.Conversations.Replay;
using Parley.Log;

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
            using var transaction = _target.BeginTransaction();
            Save(row);
            transaction.Commit();
        }

        SqliteSchema.Execute(_target, "UPDATE epochs SET last=(SELECT coalesce(max(epoch), 0) FROM streams)");
        return new SqliteRepairReport(_streams, _facts, _losses, isWhole);
    }

    private void Save(DamagedLog.Row row)
    {
        if (row.IsErased)
        {
            Insert(row, isCut: false);
            return;
        }

        var (saved, problem) = SaveFacts(row);
        if (saved > 0)
            Insert(row, isCut: row.HasEnded && !HasEnd(row.Id));
        if (problem is not null)
            _losses.Add(new SqliteRepairLoss(row.Name, saved, SaveUnplaced(row, saved), _source.LastSeq(row.Id), problem));
    }

    private (long Saved, string? Problem) SaveFacts(DamagedLog.Row row)
    {
        var check = new ConversationCheck(row.Name);
        var (saved, problem) = SaveFacts(row, check);
        // What the last input brought may not be whole, and an input without it is a contradiction.
        if (problem is not null && saved > 0)
        {
            saved = check.LastInput - 1;
            Execute("DELETE FROM facts WHERE stream=$a AND seq>$b", row.Id, saved);
        }

        _facts += saved;
        return (saved, problem);
    }

    private (long Saved, string? Problem) SaveFacts(DamagedLog.Row row, ConversationCheck check)
    {
        var (saved, eventId) = (0L, 0L);
        try
        {
            foreach (var fact in _source.Facts(row.Id))
            {
                if (fact.Seq != saved + 1)
                    return (saved, string.Create(CultureInfo.InvariantCulture, $"Fact {saved + 1} is missing."));
                if (check.Take(fact) is { } problem)
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

    private long SaveUnplaced(DamagedLog.Row row, long saved)
    {
        var count = 0L;
        try
        {
            foreach (var fact in _source.FactsFromTheEnd(row.Id, saved))
            {
                _unplaced.WriteLine(Line(row.Name, fact));
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

    private static string Line(string stream, LogRecord fact)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("stream", stream);
            json.WriteNumber("seq", fact.Seq);
            json.WriteString("type", fact.Type);
            json.WriteString("at", fact.At);
            // Perhaps it is no JSON any more.
            json.WriteString("fact", Encoding.UTF8.GetString(fact.Json.Span));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    // A stream whose end is lost is open again: a server that starts on it ends it as abandoned, if nobody goes on.
    private void Insert(DamagedLog.Row row, bool isCut)
    {
        Execute(
            """
            INSERT INTO streams (id, name, started_at, ended_at, erased_at, epoch, due_at, client, external_id, details, revision)
            VALUES ($a, $b, $c, $d, $e, $f, $g, $h, $i, $j, $k)
            """,
            row.Id,
            row.Name,
            row.StartedAt,
            isCut ? null : row.EndedAt,
            row.ErasedAt,
            row.Epoch,
            isCut ? 0L : row.DueAt,
            row.Client,
            row.ExternalId,
            row.Details,
            row.Revision);
        foreach (var label in _source.Labels(row.Id))
            Execute("INSERT INTO labels SELECT tenant, $b, state, started_at, id FROM streams WHERE id=$a", row.Id, label);
        _streams++;
    }

    private bool HasEnd(long stream)
    {
        using var command = _target.CreateCommand();
        command.CommandText = "SELECT EXISTS (SELECT 1 FROM facts WHERE stream=$a AND type=$b)";
        command.Parameters.AddWithValue("$a", stream);
        command.Parameters.AddWithValue("$b", LogRecord.EndOfStream);
        return (long)command.ExecuteScalar()! != 0;
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
