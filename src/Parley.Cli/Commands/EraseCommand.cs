using System.CommandLine;
using Parley.Cli.Data;

namespace Parley.Cli.Commands;

/// <summary><c>parley erase</c>: deletes a kept conversation for good.</summary>
internal static class EraseCommand
{
    private const string Lesson =
        """
        Deletes every fact of the conversation beyond recovery and keeps its id, so that
        nothing can be added to it again. What parley run wrote to its output folder, and
        backups, are files of your own: delete those too. With --older-than it erases every
        conversation that ended at least so many days ago; --dry-run only lists them.

        Examples:
          parley erase str-6f1f0a52-… --data ./data              asks first
          parley erase str-6f1f0a52-… --data ./data --yes        does not ask
          parley erase --older-than 30 --data ./data --dry-run   lists id, end and facts
          parley erase --older-than 30 --tenant acme --data ./data

        Exit codes: 0 erased, or it had been; 1 you said no, or one of many is damaged; 2 wrong usage or no such conversation.
        """;

    public static Command Build(Terminal terminal)
    {
        var stream = new Argument<string?>("STREAM")
        {
            Description = "The conversation's id or external id, as parley streams lists them.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var data = new DataOption(terminal);
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask. In a pipe it must be given." };
        var old = new OlderThanOptions();
        var command = new TaughtCommand("erase", "Delete kept conversations for good.", Lesson)
        {
            stream, data, yes, old.OlderThan, old.Tenant, old.DryRun, old.TrustClock,
        };
        command.Validators.Add(result => old.Check(result, hasStream: result.GetValue(stream) is not null));
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var log = await data.OpenAsync(result, cancellationToken);
            var erasure = new Erasure(log, terminal) { Asks = !result.GetValue(yes) };
            return result.GetValue(stream) is { } name
                ? await erasure.OneAsync(await DataFolder.GetAsync(log, name, cancellationToken), cancellationToken)
                : await erasure.OldAsync(old.Of(result, terminal.Clock), cancellationToken);
        });
        return command;
    }
}
