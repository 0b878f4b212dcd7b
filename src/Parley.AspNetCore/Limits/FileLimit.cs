using System.Globalization;

namespace Parley.AspNetCore.Limits;

/// <summary>
/// The number of files that the operating system lets this process have open. A socket is a file. The runtime raises the soft limit to the
/// hard one when it starts.
/// </summary>
internal static class FileLimit
{
    private const string Limits = "/proc/self/limits";
    private const string Open = "/proc/self/fd";
    private const string Row = "Max open files";

    /// <summary>Returns the limit; null where there is none, or where the system does not tell.</summary>
    public static int? Read() => File.Exists(Limits) ? Of(File.ReadLines(Limits)) : null;

    /// <summary>Returns the number of files that are open; 0 where the system does not tell.</summary>
    public static int CountOpen() => Directory.Exists(Open) ? Directory.EnumerateFileSystemEntries(Open).Count() : 0;

    /// <summary>Returns the soft limit that a table such as <c>/proc/self/limits</c> has.</summary>
    internal static int? Of(IEnumerable<string> table)
    {
        var row = table.FirstOrDefault(line => line.StartsWith(Row, StringComparison.Ordinal));
        var soft = row?[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}
