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
          parley export transcript.json --to md --summary summary.md -o meeting.md
        """;

    public static Command Build(Terminal terminal)
    {
        var input = new Argument<string>("TRANSCRIPT.json") { Description = "A transcript (schema version 2), as parley run writes it, or - for standard input." };
        var to = new Option<string>("--to") { Description = "The format to write.", HelpName = string.Join('|', TranscriptFormats.Names), Required = true };
        to.AcceptOnlyFromAmong([.. TranscriptFormats.Names]);
        var summary = new Option<string?>("--summary")
        {
            Description = "A summary to put before what was said, as parley run writes it; with md and txt.",
            HelpName = "SUMMARY.md",
        };
        var output = CommonArguments.Output();
        var command = new TaughtCommand("export", "Turn a transcript into subtitles, text or a table.", Lesson) { input, to, summary, output };
        command.SetAction(async (result, cancellationToken) =>
        {
            var transcript = await TranscriptInput.ReadAsync(result.GetRequiredValue(input), terminal, cancellationToken);
            if (!TranscriptFormats.TryParse(result.GetValue(to), out var format)) throw new CommandException("--to names no format.");
            var before = result.GetValue(summary) is { } file ? await ReadAsync(file, format, cancellationToken) : null;
            return await TranscriptOutput.WriteAsync(transcript, format, before, result.GetValue(output), terminal, cancellationToken);
        });
        return command;
    }

    private static async Task<TranscriptSummary> ReadAsync(string file, TranscriptFormat format, CancellationToken cancellationToken)
    {
        if (!TranscriptSummary.Formats.Contains(format))
            throw new CommandException($"--summary goes with --to {string.Join(" or ", TranscriptSummary.Formats.Select(with => with.Name))}.");
        try
        {
            return new TranscriptSummary(await File.ReadAllTextAsync(file, cancellationToken));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"cannot read {file}: {problem.Message}", problem);
        }
    }
}
