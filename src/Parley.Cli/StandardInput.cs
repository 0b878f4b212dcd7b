namespace Parley.Cli;

/// <summary>The standard input of this process.</summary>
internal static class StandardInput
{
    private const string Descriptors = "/proc/self/fd";

    /// <summary>Opens it. Where it was closed when the process was started, there is nothing to read.</summary>
    public static Stream OfThisProcess() => WasClosed() ? Stream.Null : Console.OpenStandardInput();

    // The runtime's own files take the number of a standard input that is closed, and to read one of its pipes would wait for ever. The
    // runtime has the other end of a pipe, too.
    private static bool WasClosed()
    {
        if (!Directory.Exists(Descriptors)) return false;
        if (Target("0") is not { } input) return true;
        return !input.StartsWith("/dev/", StringComparison.Ordinal)
            && Directory.EnumerateFileSystemEntries(Descriptors).Select(Path.GetFileName)
                .Any(name => name is not ("0" or "1" or "2") && Target(name!) == input);
    }

    private static string? Target(string descriptor)
    {
        try
        {
            return new FileInfo($"{Descriptors}/{descriptor}").LinkTarget;
        }
        catch (IOException)
        {
            // Closed since it was listed.
            return null;
        }
    }
}
