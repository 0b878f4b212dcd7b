using System.CommandLine;
using Parley.Transcripts;

namespace Parley.Cli.Commands;

/// <summary><c>parley export</c>: a transcript in another format.</summary>
internal static class ExportCommand
{
    private const string Lesson =
        """
        Examples:
          parley export transcript.json --to srt -o meeting.srt
          parley export transcript.json --to csv | column -t -s,
        """;

    public static Command Build(Terminal terminal)
    {
        var input = new Argument<string>("TRANSCRIPT.json") { Description = "A transcript (schema version 2), as parley run writes it, or - for standard input." };
        var to = new Option<string>("--to") { Description = "The format to write.", HelpName = string.Join('|', TranscriptFormats.Names), Required = true };
        to.AcceptOnlyFromAmong([.. TranscriptFormats.Names]);
        var output = new Option<string?>("--output", "-o") { Description = "File to write; it is replaced whole or not at all. Default: standard output.", HelpName = "FILE" };
        var command = new TaughtCommand("export", "Turn a transcript into subtitles, text or a table.", Lesson) { input, to, output };
        command.SetAction((result, cancellationToken) =>
            ExportAsync(terminal, result.GetRequiredValue(input), result.GetRequiredValue(to), result.GetValue(output), cancellationToken));
        return command;
    }

    private static async Task<int> ExportAsync(Terminal terminal, string path, string formatName, string? output, CancellationToken cancellationToken)
    {
        var transcript = await ReadAsync(path, terminal, cancellationToken);
        if (!TranscriptFormats.TryParse(formatName, out var format)) throw new CommandException($"there is no format {formatName}.");
        if (output is null)
        {
            await TranscriptExporter.WriteAsync(transcript, format, terminal.OutputBytes, cancellationToken);
            return ExitCode.Success;
        }

        try
        {
            await TranscriptExporter.WriteFileAsync(transcript, format, output, cancellationToken);
            return ExitCode.Success;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"cannot write {output}: {problem.Message}", problem);
        }
    }

    private static async Task<Transcript> ReadAsync(string path, Terminal terminal, CancellationToken cancellationToken)
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
