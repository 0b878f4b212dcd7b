using Parley.Log;

namespace Parley.Storage.Sqlite;

/// <summary>
/// The files of a database that is open, as they were when it was opened. The operating system lets a process write on to a file that was
/// deleted or replaced; a restart would find nothing of it.
/// </summary>
internal sealed class OpenFiles
{
    private readonly string _path;
    private readonly (string Path, FileIdentity? Identity)[] _files;

    /// <param name="path">The database file. It is open, and so are the two files beside it.</param>
    public OpenFiles(string path)
    {
        _path = path;
        _files = [.. new[] { path, $"{path}-wal", $"{path}-shm" }.Select(file => (file, FileIdentity.At(file)))];
    }

    /// <summary>Call it after each commit and before its answer.</summary>
    /// <exception cref="EventLogUnavailableException">
    /// A file is not the one that was opened. It lasts until the log is opened again.
    /// </exception>
    public void Check()
    {
        foreach (var (path, identity) in _files)
        {
            if (identity is null || FileIdentity.At(path) == identity)
                continue;
            throw new EventLogUnavailableException(
                $"The log {_path}: {path} was deleted or replaced while it was open, and nothing more is taken, for a restart would not "
                + "find it. Stop this process, put the files back or restore a backup, and start it again. Until it stops, Linux has the "
                + $"old files in /proc/{Environment.ProcessId}/fd.",
                isTransient: false);
        }
    }
}
