namespace Parley.Storage;

/// <summary>Files and folders that only their owner may read, whatever the umask: they hold what people said.</summary>
public static class PrivateFile
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    /// <summary>Creates a folder, and those above it that are missing. One that exists is left as it is.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
            return;
        if (Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) is { } above)
            CreateFolder(above);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnersFolder);
    }

    /// <summary>
    /// Creates an empty file where there is none, for others to write to. One that exists is left as it is, and is not opened.
    /// </summary>
    public static void CreateEmpty(string path)
    {
        if (File.Exists(path))
            return;
        try
        {
            Open(path, FileMode.CreateNew, FileShare.ReadWrite).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
        }
    }

    /// <summary>Opens a file for writing, and creates it where it is missing.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnersFile;
        return new FileStream(path, options);
    }

    /// <summary>Replaces a file whole, or leaves it as it was.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var unfinished = $"{path}.unfinished";
        using (var file = Open(unfinished, FileMode.Create, FileShare.None))
            file.Write(content);
        File.Move(unfinished, path, overwrite: true);
    }
}
