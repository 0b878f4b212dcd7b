namespace Parley.Storage.Sqlite;

/// <summary>What a look at every page of a log found.</summary>
/// <param name="SchemaVersion">How its tables are laid out, from 1.</param>
/// <param name="Faults">What is wrong with it, in SQLite's words, which never quote what is stored; at most <see cref="MaxFaults"/>.</param>
public sealed record SqliteLogCheck(long SchemaVersion, IReadOnlyList<string> Faults)
{
    /// <summary>How many faults are listed.</summary>
    public const int MaxFaults = 20;
}
