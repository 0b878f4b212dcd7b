namespace Parley.Cli;

/// <summary>The standard input of this process.</summary>
internal static class StandardInput
{
    private const string Descriptors = "/proc/self/fd";
    private const string Information = "/proc/self/fdinfo";

    /// <summary>Opens it. Where it was closed when the process was started, there is nothing to read.</summary>
    public static Stream OfThisProcess() => WasClosed() ? Stream.Null : Console.OpenStandardInput();

    // The runtime's own pipes take the number of a standard input that is closed, and to read one of them would wait for ever: this process
    // has its other end, open for writing. A second descriptor for reading says nothing, since the runtime duplicates its standard input.
    private static bool WasClosed()
    {
        if (!Directory.Exists(Descriptors)) return false;
        if (Target("0") is not { } input || IsForWriting("0", only: true)) return true;
        return input.StartsWith("pipe:", StringComparison.Ordinal)
            && Directory.EnumerateFileSystemEntries(Descriptors).Select(Path.GetFileName)
                .Any(name => name is not ("0" or "1" or "2") && Target(name!) == input && IsForWriting(name!));
    }

    // The access mode is the last octal digit but for two bits: 0 to read, 1 to write, 2 for both.
    private static bool IsForWriting(string descriptor, bool only = false)
    {
        try
        {
            var flags = File.ReadLines($"{Information}/{descriptor}").First(line => line.StartsWith("flags:", StringComparison.Ordinal));
            var mode = (flags[^1] - '0') & 3;
            return only ? mode == 1 : mode is 1 or 2;
        }
        catch (IOException)
        {
            // Closed since it was listed.
            return false;
        }
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
