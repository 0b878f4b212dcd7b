using System.CommandLine;
using System.Text.Json;
using Parley.Cli.Data;
using Parley.Work;

namespace Parley.Cli.Commands;

/// <summary><c>parley dead-letters</c>: work that was dropped or failed, as files for somebody else to do.</summary>
internal static class DeadLettersCommand
{
    private const string Lesson =
        """
        One JSON object a line: the work item with what was said, its context as it was then, and the workflow; why it was given up, after how many
        attempts, and when. Work that was answered since is not in it.

        Examples:
          parley dead-letters --data ./data --out letters.jsonl
          parley dead-letters --data ./data | wc -l
          parley redrive --data ./data --llm URL --model NAME        have a model try them again
        """;

    public static Command Build(Terminal terminal)
    {
        var data = new DataOption(terminal);
        var output = new Option<string?>("--out", "-o") { Description = "File to write; it is replaced whole or not at all. Default: standard output.", HelpName = "FILE.jsonl" };
        var command = new TaughtCommand("dead-letters", "List the work that was dropped or failed.", Lesson) { data, output };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var log = await data.OpenAsync(result, cancellationToken);
            var lines = await KeptLetters.ReadAsync(log, KeptLetters.AnyVersion, terminal, cancellationToken)
                .Select(letter => JsonSerializer.Serialize(letter, WorkJsonContext.Default.DeadLetter)).ToListAsync(cancellationToken);
            if (result.GetValue(output) is { } file) await TextOutput.WriteAsync(file, lines, cancellationToken);
            else foreach (var line in lines) await terminal.Output.WriteLineAsync(line);
            await terminal.Output.FlushAsync(cancellationToken);
            await terminal.Error.WriteLineAsync($"{lines.Count} dead letters.");
            return ExitCode.Success;
        });
        return command;
    }
}
