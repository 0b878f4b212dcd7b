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
        var output = CommonArguments.Output();
        var command = new TaughtCommand("export", "Turn a transcript into subtitles, text or a table.", Lesson) { input, to, output };
        command.SetAction(async (result, cancellationToken) =>
        {
            var transcript = await TranscriptInput.ReadAsync(result.GetRequiredValue(input), terminal, cancellationToken);
            if (!TranscriptFormats.TryParse(result.GetValue(to), out var format)) throw new CommandException("--to names no format.");
            return await TranscriptOutput.WriteAsync(transcript, format, result.GetValue(output), terminal, cancellationToken);
        });
        return command;
    }
}
