using Parley.Log;
using Parley.Storage.Sqlite;

namespace Parley.Cli.Data;

/// <summary>A folder with the log of conversations in it.</summary>
internal static class DataFolder
{
    public static string LogFile(string folder) => Path.Combine(folder, "parley.db");

    /// <exception cref="CommandException">The folder has no data.</exception>
    public static void Check(string folder)
    {
        if (!Directory.Exists(folder)) throw new CommandException($"there is no folder {folder}. Name the one that you gave to parley run --data.");
        // Opening it says what to do with a write-ahead log whose database is gone.
        var isThere = File.Exists(LogFile(folder)) || new FileInfo($"{LogFile(folder)}-wal") is { Exists: true, Length: > 0 };
        if (!isThere)
            throw new CommandException($"{folder} has no data: there is no parley.db in it. Name the folder that you gave to parley run --data.");
    }

    /// <summary>Opens what is there, and makes nothing.</summary>
    /// <exception cref="CommandException">Nothing is there, or something else.</exception>
    public static Task<SqliteEventLog> OpenAsync(string folder, TimeProvider clock, CancellationToken cancellationToken)
    {
        Check(folder);
        return OpenAsync(folder, LogDurability.Disk, clock, cancellationToken);
    }

    /// <param name="folder">Made where it is missing.</param>
    /// <param name="durability"><c>disk</c>, <c>process</c> or null for the default.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellationToken">Gives up before the file is touched.</param>
    /// <exception cref="CommandException">It cannot be made, or holds something else.</exception>
    public static Task<SqliteEventLog> OpenOrCreateAsync(string folder, string? durability, TimeProvider clock, CancellationToken cancellationToken) =>
        OpenAsync(folder, durability == "process" ? LogDurability.Process : LogDurability.Disk, clock, cancellationToken);

    /// <summary>
    /// Where a conversation stands, by its id or its external id; that of a tenant stands behind the tenant's name and a slash.
    /// </summary>
    /// <exception cref="CommandException">There is none of that name.</exception>
    public static async Task<StreamHead> GetAsync(IEventLog log, string stream, CancellationToken cancellationToken) =>
        await log.FindAsync(stream, cancellationToken)
            ?? await log.FindExternalAsync(tenant: null, stream, cancellationToken)
            ?? (StreamKey.TenantOf(stream) is { } tenant
                ? await log.FindExternalAsync(tenant, StreamKey.IdOf(stream), cancellationToken)
                : null)
            ?? throw new CommandException($"there is no conversation {stream} here; parley streams lists what there is.");

    private static async Task<SqliteEventLog> OpenAsync(string folder, LogDurability durability, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            return await SqliteEventLog.OpenAsync(new SqliteLogOptions { Path = LogFile(folder), Durability = durability }, clock, cancellationToken);
        }
        catch (Exception problem) when (problem is EventLogUnavailableException or InvalidDataException)
        {
            throw new CommandException(problem.Message, problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException($"cannot keep data in {folder}: {problem.Message}", problem);
        }
    }
}
