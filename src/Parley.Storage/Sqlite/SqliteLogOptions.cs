namespace Parley.Storage.Sqlite;

/// <summary>How a <see cref="SqliteEventLog"/> keeps its facts.</summary>
public sealed record SqliteLogOptions
{
    /// <summary>The database file; it and its folder are made where they are missing. Two more files stand beside it, -wal and -shm.</summary>
    public required string Path { get; init; }

    /// <summary>What an acknowledged append survives. <see cref="LogDurability.Disk"/> by default.</summary>
    public LogDurability Durability { get; init; } = LogDurability.Disk;

    /// <summary>How many appends wait for the writer before callers do. From 1; 4096.</summary>
    public int QueueCapacity { get; init; } = 4096;

    /// <summary>The largest size of the database file, in bytes; an append that would pass it fails as on a full disk. None by default.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>How long to wait for another process that holds the file. From 0; 5 s.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Path);
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBytes ?? 1, 1, nameof(MaxBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(BusyTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BusyTimeout, TimeSpan.FromHours(1));
    }
}

/// <summary>What an acknowledged append survives.</summary>
public enum LogDurability
{
    /// <summary>The loss of power: every commit waits for the disk (<c>synchronous=FULL</c>).</summary>
    Disk,

    /// <summary>The death of the process, kill -9 too, but not the loss of power, which may take the last appends (<c>synchronous=NORMAL</c>).</summary>
    Process,
}
