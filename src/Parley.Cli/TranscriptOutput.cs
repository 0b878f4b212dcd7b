using Parley.Transcripts;

namespace Parley.Cli;

/// <summary>Where a command puts a transcript: a file, whole or not at all, or standard output.</summary>
internal static class TranscriptOutput
{
    public static Task<int> WriteAsync(
        Transcript transcript, TranscriptFormat format, string? path, Terminal terminal, CancellationToken cancellationToken) =>
        WriteAsync(transcript, format, summary: null, path, terminal, cancellationToken);

    /// <summary>The same, with a summary before what was said; null for none.</summary>
    public static async Task<int> WriteAsync(
        Transcript transcript, TranscriptFormat format, TranscriptSummary? summary, string? path, Terminal terminal, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            await TranscriptExporter.WriteAsync(transcript, format, summary, terminal.OutputBytes, cancellationToken);
            return ExitCode.Success;
        }

        try
        {
            await TranscriptExporter.WriteFileAsync(transcript, format, summary, path, cancellationToken);
            return ExitCode.Success;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"cannot write {path}: {problem.Message}", problem);
        }
    }
}
