using Parley.Transcripts;

namespace Parley.Cli;

/// <summary>Where a command puts a transcript: a file, whole or not at all, or standard output.</summary>
internal static class TranscriptOutput
{
    public static Task<int> WriteAsync(
        Transcript transcript, TranscriptFormat format, string? path, Terminal terminal, CancellationToken cancellationToken) =>
        WriteAsync(transcript, format, TranscriptExportOptions.Default, path, terminal, cancellationToken);

    /// <summary>The same, as the options say.</summary>
    public static async Task<int> WriteAsync(
        Transcript transcript,
        TranscriptFormat format,
        TranscriptExportOptions options,
        string? path,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        if (path is null)
        {
            await TranscriptExporter.WriteAsync(transcript, format, options, terminal.OutputBytes, cancellationToken);
            return ExitCode.Success;
        }

        try
        {
            await TranscriptExporter.WriteFileAsync(transcript, format, options, path, cancellationToken);
            return ExitCode.Success;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"cannot write {path}: {problem.Message}", problem);
        }
    }
}
