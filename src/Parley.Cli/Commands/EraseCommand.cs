using System.CommandLine;
using System.Globalization;
using Parley.Cli.Data;
using Parley.Log;

namespace Parley.Cli.Commands;

/// <summary><c>parley erase</c>: deletes a kept conversation for good.</summary>
internal static class EraseCommand
{
    private const string Lesson =
        """
        Deletes every fact of the conversation beyond recovery and keeps its id, so that
        nothing can be added to it again. What parley run wrote to its output folder, and
        backups, are files of your own: delete those too.

        Examples:
          parley erase str-6f1f0a52-… --data ./data          asks first
          parley erase str-6f1f0a52-… --data ./data --yes    does not ask

        Exit codes: 0 erased, or it had been; 1 you said no; 2 wrong usage or no such conversation.
        """;

    public static Command Build(Terminal terminal)
    {
        var stream = new Argument<string>("STREAM") { Description = "The conversation's id or external id, as parley streams lists them." };
        var data = new DataOption(terminal);
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask. In a pipe it must be given." };
        var command = new TaughtCommand("erase", "Delete a kept conversation for good.", Lesson) { stream, data, yes };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var log = await data.OpenAsync(result, cancellationToken);
            var head = await DataFolder.GetAsync(log, result.GetRequiredValue(stream), cancellationToken);
            if (head.State == StreamState.Erased)
            {
                await terminal.Error.WriteLineAsync($"{head.Stream} had been erased {StreamRow.Utc(head.ErasedAt!.Value)}.");
                return ExitCode.Success;
            }

            if (!result.GetValue(yes) && !await AskAsync(terminal, head, cancellationToken)) return ExitCode.Refused;
            await log.EraseAsync(head.Stream, cancellationToken);
            await terminal.Error.WriteLineAsync($"{head.Stream} is erased. Outputs of parley run and backups may still have it.");
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<bool> AskAsync(Terminal terminal, StreamHead head, CancellationToken cancellationToken)
    {
        if (!terminal.IsInteractive) throw new CommandException($"nobody is here to ask: to erase {head.Stream}, give --yes.");
        var question = string.Create(CultureInfo.InvariantCulture, $"Erase {head.Stream} ({head.Seq} facts)?\nNothing brings it back. [y/N] ");
        await terminal.Error.WriteAsync(question);
        using var reader = new StreamReader(terminal.Input, leaveOpen: true);

        // Reading from a terminal cannot be cancelled; waiting for it can.
        var answer = await Task.Run(() => reader.ReadLine(), CancellationToken.None).WaitAsync(cancellationToken);
        if (answer?.Trim().ToUpperInvariant() is "Y" or "YES") return true;
        await terminal.Error.WriteLineAsync("Nothing is erased.");
        return false;
    }
}
