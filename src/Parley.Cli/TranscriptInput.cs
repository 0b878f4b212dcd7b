using Parley.Cli.Display;
using Parley.Transcripts;

namespace Parley.Cli;

/// <summary>The transcript that a command works on. What is unusual in it is told on standard error.</summary>
internal static class TranscriptInput
{
    public static async Task<Transcript> ReadAsync(string path, Terminal terminal, CancellationToken cancellationToken)
    {
        await using var input = InputFile.Open(path, terminal);
        try
        {
            var transcript = await TranscriptJson.ReadAsync(input, cancellationToken);
            foreach (var warning in transcript.Warnings)
                await terminal.Error.WriteLineAsync($"parley: warning: {SafeText.Of($"{path}: {warning}")}");
            return transcript;
        }
        catch (TranscriptFormatException problem)
        {
            throw new CommandException($"{path} is not a transcript: {problem.Message}", problem);
        }
    }
}
