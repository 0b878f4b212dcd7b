using Parley.Transcripts;

namespace Parley.Cli;

/// <summary>The transcript that a command works on.</summary>
internal static class TranscriptInput
{
    public static async Task<Transcript> ReadAsync(string path, Terminal terminal, CancellationToken cancellationToken)
    {
        await using var input = InputFile.Open(path, terminal);
        try
        {
            return await TranscriptJson.ReadAsync(input, cancellationToken);
        }
        catch (TranscriptFormatException problem)
        {
            throw new CommandException($"{path} is not a transcript: {problem.Message}", problem);
        }
    }
}
