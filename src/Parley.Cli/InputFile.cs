namespace Parley.Cli;

/// <summary>The INPUT of a command: a file, or <c>-</c> for standard input.</summary>
internal static class InputFile
{
    public static Stream Open(string path, Terminal terminal)
    {
        if (path == "-") return terminal.Input;
        try
        {
            return new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite, Options = FileOptions.SequentialScan });
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException(Directory.Exists(path) ? $"{path} is a directory; name a file, or - for standard input." : $"cannot read {path}: {problem.Message}", problem);
        }
    }

    /// <summary>How many bytes there are to read, where that is known: not of a pipe.</summary>
    public static long? Length(Stream input) => input.CanSeek ? input.Length : null;

    /// <summary>Returns the error for an input without a line.</summary>
    /// <param name="path">The INPUT of the command.</param>
    /// <param name="consequence">What that means for the command.</param>
    public static CommandException Empty(string path, string consequence) =>
        new($"{(path == "-" ? "the standard input" : path)} is empty: {consequence}.");

    /// <summary>What to call the input in names of files: no folder, no ending, never a name that leads elsewhere.</summary>
    public static string Name(string path)
    {
        if (path == "-") return "stdin";
        var name = Path.GetFileNameWithoutExtension(path).Trim();
        return name.Trim('.').Length == 0 ? "input" : name;
    }
}
