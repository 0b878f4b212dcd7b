using Microsoft.Data.Sqlite;

namespace Parley.Storage.Sqlite;

/// <summary>Reads a log row by row, so that a damaged page hides no more than what is on it.</summary>
internal sealed class DamagedLog : IDisposable
{
    private readonly SqliteConnection _connection;

    public DamagedLog(string path)
    {
        _connection = new SqliteFiles(new SqliteLogOptions { Path = path }).OpenForReading();
        try
        {
            using var version = Query("PRAGMA user_version");
            version.Read();
            if (version.GetInt64(0) != SqliteSchema.Version)
                throw new InvalidDataException(
                    $"{path} has schema version {version.GetInt64(0)}; only version {SqliteSchema.Version} can be repaired. "
                    + "Open it with this Parley first.");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The streams, from the first on up to a damaged page, and from the last on back to one.</summary>
    public (IReadOnlyList<StoredStream> Rows, bool IsWhole) Streams()
    {
        var rows = new SortedDictionary<long, StoredStream>();
        if (TryAdd("ASC"))
            return ([.. rows.Values], true);
        TryAdd("DESC");
        return ([.. rows.Values], false);

        bool TryAdd(string order)
        {
            try
            {
                using var found = Query($"SELECT {StoredStream.Columns} FROM streams ORDER BY id {order}");
                while (found.Read())
                    rows.TryAdd(found.GetInt64(0), StoredStream.Of(found));
                return true;
            }
            catch (SqliteException fault) when (SqliteFaults.IsDamage(fault))
            {
                return false;
            }
        }
    }

    /// <exception cref="SqliteException">The next fact is on a damaged page.</exception>
    public IEnumerable<StoredFact> Facts(long stream) => Read($"SELECT {StoredFact.Columns} FROM facts WHERE stream=$a ORDER BY seq", stream);

    /// <summary>The facts after one, the last first.</summary>
    /// <exception cref="SqliteException">The next fact is on a damaged page.</exception>
    public IEnumerable<StoredFact> FactsFromTheEnd(long stream, long after) =>
        Read($"SELECT {StoredFact.Columns} FROM facts WHERE stream=$a AND seq>$b ORDER BY seq DESC", stream, after);

    /// <summary>The number of the last fact; null where it cannot be read.</summary>
    public long? LastSeq(long stream)
    {
        try
        {
            using var rows = Query("SELECT max(seq) FROM facts WHERE stream=$a", stream);
            return rows.Read() && !rows.IsDBNull(0) ? rows.GetInt64(0) : null;
        }
        catch (SqliteException fault) when (SqliteFaults.IsDamage(fault))
        {
            return null;
        }
    }

    /// <summary>The labels of a stream, as far as they can be read.</summary>
    public IReadOnlyList<string> Labels(long stream)
    {
        var labels = new List<string>();
        try
        {
            using var rows = Query("SELECT DISTINCT label FROM labels WHERE stream=$a", stream);
            while (rows.Read())
            {
                if (StoredValue.Text(rows, 0) is { } label)
                    labels.Add(label);
            }
        }
        catch (SqliteException fault) when (SqliteFaults.IsDamage(fault))
        {
            return labels;
        }

        return labels;
    }

    public void Dispose()
    {
        SqliteConnection.ClearPool(_connection);
        _connection.Dispose();
    }

    private IEnumerable<StoredFact> Read(string sql, params object[] values)
    {
        using var rows = Query(sql, values);
        while (rows.Read())
            yield return StoredFact.Of(rows);
    }

    private SqliteDataReader Query(string sql, params object[] values)
    {
        // Left to the connection: disposing of it here would take the rows away.
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${(char)('a' + i)}", values[i]);
        return command.ExecuteReader();
    }
}
