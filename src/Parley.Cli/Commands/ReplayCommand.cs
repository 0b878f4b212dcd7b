using System.CommandLine;
using Parley.Cli.Data;
using Parley.Log;

namespace Parley.Cli.Commands;

/// <summary><c>parley replay</c>: a kept conversation again, as it was or as it would have been.</summary>
internal static class ReplayCommand
{
    private const string Lesson =
        """
        Prints the conversation as parley run did. --verify decides everything again from what came in, and holds it against what is stored, bit for bit.
        --with shows which final segments would have been different under other settings, given as JSON; what is not named stays as it was:
          {"max_gap_sec": 0.5, "overlap": "lanes", "max_segment_sec": 60, "turn_gap_sec": 2.0}
        Silence ends segments in a replay where it did at the time.

        Examples:
          parley replay str-6f1f0a52-… --data ./data
          parley replay str-6f1f0a52-… --data ./data --verify
          parley replay str-6f1f0a52-… --data ./data --with settings.json

        Exit codes: 0 done, or verified; 2 wrong usage or no such conversation; 3 the verification found differences, or facts that other rules read.
        """;

    public static Command Build(Terminal terminal)
    {
        var stream = new Argument<string>("STREAM") { Description = "The conversation's id or external id, as parley streams lists them." };
        var data = new DataOption(terminal);
        var verify = new Option<bool>("--verify") { Description = "Check that the stored facts follow from the stored inputs." };
        var with = new Option<string?>("--with") { Description = "Show what would have been different under these settings.", HelpName = "SETTINGS.json" };
        var command = new TaughtCommand("replay", "Show a kept conversation again, verify it, or read it under other settings.", Lesson) { stream, data, verify, with };
        command.Validators.Add(result =>
        {
            if (result.GetValue(verify) && result.GetValue(with) is not null) result.AddError("--verify and --with do not go together: ask for one.");
        });
        command.SetAction(async (result, cancellationToken) =>
        {
            var settings = result.GetValue(with) is { } file ? SettingsFile.Read(file) : null;
            await using var log = await data.OpenAsync(result, cancellationToken);
            var replay = new KeptConversation(log, await DataFolder.GetAsync(log, result.GetRequiredValue(stream), cancellationToken), terminal);
            try
            {
                if (result.GetValue(verify)) return await replay.VerifyAsync(cancellationToken);
                if (settings is null) await replay.ShowAsync(cancellationToken);
                else await replay.CompareAsync(settings, cancellationToken);
                return ExitCode.Success;
            }
            catch (Exception damaged) when (damaged is InvalidDataException or EventLogUnavailableException)
            {
                throw new CommandException($"{replay.Id} cannot be replayed: {damaged.Message}", damaged);
            }
        });
        return command;
    }
}
