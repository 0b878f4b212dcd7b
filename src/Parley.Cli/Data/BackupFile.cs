using Parley.Storage.Sqlite;

namespace Parley.Cli.Data;

/// <summary>A copy of a log, put in its place only once it is whole.</summary>
internal static class BackupFile
{
    /// <exception cref="CommandException">The copy would hurt something.</exception>
    public static void Check(string path, string logFile, bool replace)
    {
        if (Directory.Exists(path)) throw new CommandException($"{path} is a folder; name a file.");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))) throw new CommandException($"there is no folder for {path}; make it first.");
        if (Path.GetFullPath(path) == Path.GetFullPath(logFile)) throw new CommandException($"{path} is the data itself; name another file.");
        if (RealPath.IsIn(Path.GetDirectoryName(Path.GetFullPath(logFile))!, path))
            throw new CommandException($"{path} is in the folder of the data; name a file outside of it.");
        if (File.Exists(path) && !replace) throw new CommandException($"{path} exists; name another file, or give --force to write over it.");

        // SQLite would take what waits in it for a part of the new copy.
        if (File.Exists($"{path}-wal")) throw new CommandException($"{path} is in use: {path}-wal stands beside it. Name another file.");
    }

    public static async Task WriteAsync(SqliteEventLog log, string path, CancellationToken cancellationToken)
    {
        var copy = $"{path}.{Guid.NewGuid():N}";
        try
        {
            await log.BackupAsync(copy, cancellationToken);
            File.Move(copy, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"cannot write {path}: {problem.Message}", problem);
        }
        finally
        {
            File.Delete(copy);
        }
    }
}
