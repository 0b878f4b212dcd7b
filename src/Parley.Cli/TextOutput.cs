using System.Text;
using Parley.Transcripts;

namespace Parley.Cli;

/// <summary>Lines to a file, whole or not at all.</summary>
internal static class TextOutput
{
    public static async Task WriteAsync(string path, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        try
        {
            await AtomicFile.WriteAsync(path, (file, token) => file.WriteAsync(content, token).AsTask(), cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"cannot write {path}: {problem.Message}", problem);
        }
    }
}
