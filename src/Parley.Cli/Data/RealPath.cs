namespace Parley.Cli.Data;

/// <summary>Where a path leads once every link on it is followed.</summary>
internal static class RealPath
{
    // As Linux has it.
    private const int MostLinks = 40;

    /// <summary>Returns whether a path leads into a folder, however deep. It need not exist.</summary>
    /// <exception cref="CommandException">Its links go round in a circle.</exception>
    public static bool IsIn(string folder, string path)
    {
        var links = 0;
        var comparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        var outer = Path.TrimEndingDirectorySeparator(Of(folder, ref links)) + Path.DirectorySeparatorChar;
        return Of(path, ref links).StartsWith(outer, comparison);
    }

    private static string Of(string path, ref int links)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } above) return full;
        var folder = Of(above, ref links);
        var here = Path.Combine(folder, Path.GetFileName(full));
        if (new FileInfo(here).LinkTarget is not { } target) return here;
        if (++links > MostLinks) throw new CommandException($"{path} leads nowhere: its links go round in a circle.");
        return Of(Path.Combine(folder, target), ref links);
    }
}
