using Parley.Asr;
using Parley.Transcripts;

namespace Parley.Cli.Commands;

/// <summary><c>parley formats</c>: the recognisers and finished transcripts that can be read.</summary>
internal static class FormatsCommand
{
    public static TaughtCommand Build(Terminal terminal)
    {
        var command = new TaughtCommand(
            "formats",
            "List the recognisers whose messages can be read, with a sample message each, and the finished transcripts.",
            "How to set each up: docs/recognisers.md. What is read of each transcript: docs/formats.md.");
        command.SetAction(async (_, _) =>
        {
            foreach (var format in AsrFormats.Default.All)
            {
                await terminal.Output.WriteLineAsync(format.Name);
                await terminal.Output.WriteLineAsync($"  {format.Description}");
                await terminal.Output.WriteLineAsync($"  {format.SampleMessage}");
                await terminal.Output.WriteLineAsync();
            }

            await terminal.Output.WriteLineAsync("Finished transcripts, for parley run:");
            await terminal.Output.WriteLineAsync();
            foreach (var format in ImportFormats.All)
            {
                await terminal.Output.WriteLineAsync(format.Name);
                await terminal.Output.WriteLineAsync($"  {format.Description}");
                await terminal.Output.WriteLineAsync();
            }

            return ExitCode.Success;
        });
        return command;
    }
}
