namespace Parley.Cli;

/// <summary>What to do when most of a file cannot be read.</summary>
internal static class UnreadLines
{
    private const int Few = 3;

    /// <summary>Returns what to do; null when most were read, or only a few could not be.</summary>
    /// <param name="format">The format that they were read as; null when it was never told.</param>
    /// <param name="unread">How many messages could not be read, or said nothing in that format.</param>
    /// <param name="lines">How many there were.</param>
    public static string? Advice(string? format, long unread, long lines) => unread < Few || unread * 2 <= lines
        ? null
        : $"{unread} of {lines} lines cannot be read as {format ?? "any format"}. If that is not what they are, name their format with "
            + "--format, or let --format auto tell it by their shape; parley formats shows a message of each.";

    /// <summary>Returns what to do where no line at all is a chunk; null where some are, or there are only a few.</summary>
    /// <param name="refused">How many lines were refused.</param>
    /// <param name="lines">How many there were.</param>
    public static string? NoChunks(long refused, long lines) => lines < Few || refused < lines
        ? null
        : $"none of the {lines} lines is a chunk. If they are a recogniser's messages, name their format with --format, or let --format auto "
            + "tell it by their shape; parley run --help shows what a chunk is.";
}
