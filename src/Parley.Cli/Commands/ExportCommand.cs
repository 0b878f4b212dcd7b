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
          parley export transcript.json --to csv --bom false | column -t -s,
          parley export transcript.json --to vtt --line-length 32 --word-times true -o meeting.vtt
          parley export transcript.json --to html --summary summary.md -o meeting.html

        Subtitles (srt, vtt, ttml) have cues of at most 2 lines of 42 characters, of 1 to 7 seconds.
        """;

    public static Command Build(Terminal terminal)
    {
        var input = new Argument<string>("TRANSCRIPT.json") { Description = "A transcript (schema version 2), as parley run writes it, or - for standard input." };
        var to = new Option<string>("--to") { Description = "The format to write.", HelpName = string.Join('|', TranscriptFormats.Names), Required = true };
        to.AcceptOnlyFromAmong([.. TranscriptFormats.Names]);
        var summary = new Option<string?>("--summary")
        {
            Description = "A summary to put before what was said, as parley run writes it; with md, txt and html.",
            HelpName = "SUMMARY.md",
        };
        var output = CommonArguments.Output();
        var options = new ExportOptions();
        var command = new TaughtCommand("export", "Turn a transcript into subtitles, text or a table.", Lesson)
        {
            input, to, summary, output,
        };
        options.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            if (!TranscriptFormats.TryParse(result.GetValue(to), out var format)) throw new CommandException("--to names no format.");
            var how = options.Of(result, format);
            var transcript = await TranscriptInput.ReadAsync(result.GetRequiredValue(input), terminal, cancellationToken);
            if (result.GetValue(summary) is { } file) how = how with { Summary = await ReadAsync(file, format, cancellationToken) };
            return await TranscriptOutput.WriteAsync(transcript, format, how, result.GetValue(output), terminal, cancellationToken);
        });
        return command;
    }

    private static async Task<TranscriptSummary> ReadAsync(string file, TranscriptFormat format, CancellationToken cancellationToken)
    {
        if (!TranscriptSummary.Formats.Contains(format))
        {
            var formats = string.Join(", ", TranscriptSummary.Formats.Select(with => with.Name));
            throw new CommandException($"--summary goes with --to {formats}.");
        }

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
