namespace Parley.Storage.Sqlite;

/// <summary>What a repair saved, and what it could not.</summary>
/// <param name="Streams">The number of streams that are in the new log, tombstones included.</param>
/// <param name="Facts">The number of facts in it.</param>
/// <param name="Losses">The streams that are not whole.</param>
/// <param name="IsListWhole">Whether the list of streams could be read to its end; streams that are missing in it are lost.</param>
public sealed record SqliteRepairReport(int Streams, long Facts, IReadOnlyList<SqliteRepairLoss> Losses, bool IsListWhole)
{
    /// <summary>Gets whether everything is in the new log.</summary>
    public bool IsWhole => IsListWhole && Losses.Count == 0;
}

/// <summary>A stream that is not whole.</summary>
/// <param name="Stream">Its name.</param>
/// <param name="Saved">The number of facts, from the first on, that are in the new log.</param>
/// <param name="Unplaced">The number of later facts that can be read, and cannot follow these.</param>
/// <param name="Last">The number of its last fact; null where that cannot be read.</param>
/// <param name="Problem">Why the first of the others cannot follow.</param>
public sealed record SqliteRepairLoss(string Stream, long Saved, long Unplaced, long? Last, string Problem);
