using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Parley.Storage.Sqlite;

/// <summary>A row of the list of streams as it is stored: on a damaged page a column can hold what was never written there.</summary>
/// <param name="Id">The number of the stream.</param>
/// <param name="Name">Its name; null where that is missing.</param>
/// <param name="StartedAt">When it began; null where that is not a time.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="ErasedAt">When it was erased.</param>
/// <param name="Epoch">The epoch of its owner.</param>
/// <param name="DueAt">When it must be looked at again.</param>
/// <param name="Client">The client that it counts for.</param>
/// <param name="ExternalId">Its external id.</param>
/// <param name="Details">Its description.</param>
/// <param name="Revision">The revision of its metadata.</param>
internal sealed record StoredStream(
    long Id,
    string? Name,
    DateTimeOffset? StartedAt,
    StoredEnd EndedAt,
    StoredEnd ErasedAt,
    long Epoch,
    DateTimeOffset? DueAt,
    object? Client,
    object? ExternalId,
    object? Details,
    long Revision)
{
    /// <summary>The columns that <see cref="Of"/> reads.</summary>
    public const string Columns = "id, name, started_at, ended_at, erased_at, epoch, due_at, client, external_id, details, revision";

    /// <summary>Gets what an operator is told as its name.</summary>
    public string Label => Name ?? string.Create(CultureInfo.InvariantCulture, $"stream {Id}");

    public static StoredStream Of(SqliteDataReader row) => new(
        row.GetInt64(0),
        StoredValue.Text(row, 1),
        StoredValue.Time(row, 2),
        StoredEnd.Of(row, 3),
        StoredEnd.Of(row, 4),
        StoredValue.Number(row, 5),
        StoredValue.Time(row, 6),
        Value(row, 7),
        Value(row, 8),
        Value(row, 9),
        StoredValue.Number(row, 10));

    private static object? Value(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetValue(column);
}

/// <summary>When something ended: it did where the column holds anything, also something that is not a time.</summary>
/// <param name="IsSet">Whether it ended.</param>
/// <param name="At">When it ended; null where it did not, or the value is not a time.</param>
internal readonly record struct StoredEnd(bool IsSet, DateTimeOffset? At)
{
    /// <summary>Gets whether it ended at no time.</summary>
    public bool IsDamaged => IsSet && At is null;

    public static StoredEnd Of(SqliteDataReader row, int column) => new(!row.IsDBNull(column), StoredValue.Time(row, column));
}
