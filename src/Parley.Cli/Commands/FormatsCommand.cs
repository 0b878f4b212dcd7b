using Parley.Asr;

namespace Parley.Cli.Commands;

/// <summary><c>parley formats</c>: the recognisers that can be read, with a message of each.</summary>
internal static class FormatsCommand
{
    public static TaughtCommand Build(Terminal terminal)
    {
        var command = new TaughtCommand("formats", "List the recognisers whose messages can be read, with a sample message each.", "How to set each up: docs/recognisers.md.");
        command.SetAction(async (_, _) =>
        {
            foreach (var format in AsrFormats.Default.All)
            {
                await terminal.Output.WriteLineAsync(format.Name);
                await terminal.Output.WriteLineAsync($"  {format.Description}");
                await terminal.Output.WriteLineAsync($"  {format.SampleMessage}");
                await terminal.Output.WriteLineAsync();
            }

            return ExitCode.Success;
        });
        return command;
    }
}
