namespace Parley.Transcripts;

/// <summary>Writes files that are never seen half written: the old content or the new, whatever happens in between.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes to a temporary file in the same directory, flushes it to disk and renames it. If anything fails, the temporary file
    /// is removed and the file is as it was. One that is replaced keeps its permissions. A link is followed; a device or a pipe, such as
    /// <c>/dev/null</c>, is written to and not replaced.
    /// </summary>
    /// <param name="path">The file. Its directory must exist.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="cancellationToken">Ends the writing; passed on to <paramref name="write"/>.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static async Task WriteAsync(
        string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken = default)
    {
        if (OpenIfDevice(path) is { } device)
        {
            await using (device) await write(device, cancellationToken);
            return;
        }

        var file = new FileInfo(path);
        var target = file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetRandomFileName()}.tmp");
        try
        {
            await using (var content = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                // A conversation that only its owner may read stays so.
                if (!OperatingSystem.IsWindows() && File.Exists(target)) File.SetUnixFileMode(content.SafeFileHandle, File.GetUnixFileMode(target));
                await write(content, cancellationToken);
                content.Flush(flushToDisk: true);
            }
            cancellationToken.ThrowIfCancellationRequested();
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
    /// <summary>A device or a pipe holds nothing that could be replaced. Files in <c>/dev/shm</c> are files like any other.</summary>
    private static FileStream? OpenIfDevice(string path)
    {
        if (!File.Exists(path)) return null;
        var fullPath = Path.GetFullPath(path);
        var isUnderDev = fullPath.StartsWith("/dev/", StringComparison.Ordinal) && !fullPath.StartsWith("/dev/shm/", StringComparison.Ordinal);
        var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        if (isUnderDev || !file.CanSeek) return file;
        file.Dispose();
        return null;
    }
}
