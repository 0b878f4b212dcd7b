using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Parley.Log;

namespace Parley.Storage.Sqlite;

/// <summary>A row of the facts as it is stored: on a damaged page a column can hold what was never written there.</summary>
/// <param name="Seq">The number of the fact.</param>
/// <param name="EventId">The number that viewers got; 0 where they did not get it.</param>
/// <param name="At">When it was decided; null where that is not a time.</param>
/// <param name="Type">What it is; null where that is missing.</param>
/// <param name="Json">What it says; null where that is missing.</param>
internal readonly record struct StoredFact(long Seq, long EventId, DateTimeOffset? At, string? Type, byte[]? Json)
{
    /// <summary>The columns that <see cref="Of"/> reads.</summary>
    public const string Columns = "seq, event_id, visible, at, type, json";

    public static StoredFact Of(SqliteDataReader row) => new(
        StoredValue.Number(row, 0),
        StoredValue.Number(row, 2) != 0 ? StoredValue.Number(row, 1) : 0,
        StoredValue.Time(row, 3),
        StoredValue.Text(row, 4),
        row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5));

    /// <summary>Returns the fact; false where a column does not hold what was written there.</summary>
    public bool TryRead(out LogRecord record, [NotNullWhen(false)] out string? problem)
    {
        problem = At is null ? "time" : Type is null ? "type" : Json is null ? "content" : null;
        record = problem is null ? new LogRecord(Seq, EventId, At!.Value, Type!, Json) : default;
        problem = problem is null ? null : $"The {problem} of fact {Seq} is damaged.";
        return problem is null;
    }
}
