using System.CommandLine;
using System.CommandLine.Invocation;
using Parley.Cli.Commands;

namespace Parley.Cli;

/// <summary>The <c>parley</c> command and its subcommands.</summary>
internal static class ParleyCommand
{
    private const string Description =
        """
        Live speech-to-text in, decisions out.

        Parley reads chunks of recognised text and turns them into segments and a transcript, without losing a word.

        Start here:
          parley run samples/standup.chunks.jsonl        see a conversation become a transcript
          my-recogniser | parley run -                   the same, live
          parley export transcript.json --to srt         another format
        """;

    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        var root = new RootCommand(Description)
        {
            RunCommand.Build(terminal),
            SegmentCommand.Build(terminal),
            ConvertCommand.Build(terminal),
            FormatsCommand.Build(terminal),
            ExportCommand.Build(terminal),
            CompletionCommand.Build(terminal),
        };
        TeachingHelp.AddTo(root);
        var result = root.Parse(args);
        if (result.Action is ParseErrorAction)
        {
            foreach (var error in result.Errors) await terminal.Error.WriteLineAsync($"parley: {error.Message}");
            await terminal.Error.WriteLineAsync("Try 'parley --help'.");
            return ExitCode.Unusable;
        }

        try
        {
            return await result.InvokeAsync(new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
            });
        }
        catch (CommandException problem)
        {
            await terminal.Error.WriteLineAsync($"parley: {problem.Message}");
            return ExitCode.Unusable;
        }
        finally
        {
            await terminal.FlushAsync();
        }
    }
}
