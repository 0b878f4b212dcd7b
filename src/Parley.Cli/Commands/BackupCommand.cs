using System.CommandLine;
using Parley.Cli.Data;

namespace Parley.Cli.Commands;

/// <summary><c>parley backup</c>: a copy of the data while it is in use.</summary>
internal static class BackupCommand
{
    private const string Lesson =
        """
        Copies all conversations as they stand at one moment; others may go on reading and writing. To use a backup, put it into a folder as parley.db:
          mkdir restored && cp backup.db restored/parley.db && parley doctor --data restored

        Examples:
          parley backup backup.db --data ./data
          parley backup backup.db --data ./data --force    over an older one
        """;

    public static Command Build(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The copy to write." };
        var data = new DataOption(terminal);
        var force = new Option<bool>("--force") { Description = "Write over a FILE that exists, once the new copy is whole." };
        var command = new TaughtCommand("backup", "Copy the data to a file, while it is in use.", Lesson) { file, data, force };
        command.SetAction(async (result, cancellationToken) =>
        {
            var path = result.GetRequiredValue(file);
            await using var log = await data.OpenAsync(result, cancellationToken);
            BackupFile.Check(path, DataFolder.LogFile(data.RequiredFolderOf(result)), result.GetValue(force));
            await BackupFile.WriteAsync(log, path, cancellationToken);
            await terminal.Error.WriteLineAsync($"Copied to {path}.");
            return ExitCode.Success;
        });
        return command;
    }
}
