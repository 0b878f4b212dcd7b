using System.CommandLine;
using System.CommandLine.Invocation;
using Parley.Cli.Commands;
using Parley.Cli.Display;
using Parley.Client;
using Parley.Log;

namespace Parley.Cli;

/// <summary>The <c>parley</c> command and its subcommands.</summary>
internal static class ParleyCommand
{
    private const string Description =
        """
        Live speech-to-text in, decisions out.

        Parley reads chunks of recognised text and turns them into segments, turns, intents, a summary and a transcript, without losing a word.

        Start here:
          parley run samples/standup.chunks.jsonl        see a conversation become a transcript
          my-recogniser | parley run -                   the same, live
          parley serve                                   a server with a live page
          parley export transcript.json --to srt         another format
          parley run meeting.jsonl --data ./data         keep the conversation, to replay it later
        """;

    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand(Description)
        {
            RunCommand.Build(terminal),
            ServeCommand.Build(terminal),
            SegmentCommand.Build(terminal),
            ConvertCommand.Build(terminal),
            FormatsCommand.Build(terminal),
            AnnotateCommand.Build(terminal),
            ExportCommand.Build(terminal),
            SendCommand.Build(terminal),
            WatchCommand.Build(terminal),
            StreamsCommand.Build(terminal),
            ReplayCommand.Build(terminal),
            EraseCommand.Build(terminal),
            BackupCommand.Build(terminal),
            DoctorCommand.Build(terminal),
            DeadLettersCommand.Build(terminal),
            RedriveCommand.Build(terminal),
            KeyCommand.Build(terminal),
            CompletionCommand.Build(terminal),
        };
        TeachingHelp.AddTo(root);
        var result = root.Parse(args);
        if (result.Action is ParseErrorAction)
        {
            if (args.Length == 0) return await TellCommandsAsync(root, terminal);
            foreach (var error in result.Errors) await terminal.Error.WriteLineAsync($"parley: {SafeText.Of(error.Message)}");
            var command = result.CommandResult.Command;
            await terminal.Error.WriteLineAsync($"Try 'parley {(command == root ? "" : $"{command.Name} ")}--help'.");
            return ExitCode.Unusable;
        }

        try
        {
            return await InvokeAsync(result, terminal, cancellationToken);
        }
        catch (Exception problem) when (problem is CommandException or ParleyException or IOException or EventLogUnavailableException or SequenceConflictException or StreamErasedException)
        {
            await terminal.Error.WriteLineAsync($"parley: {SafeText.Of(problem.Message)}");
            return ExitCode.Unusable;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Cancelled;
        }
    }

    // Without a command there is nothing to do but to show what there is.
    private static async Task<int> TellCommandsAsync(RootCommand root, Terminal terminal)
    {
        await root.Parse(["--help"]).InvokeAsync(new InvocationConfiguration { Output = terminal.Error, Error = terminal.Error });
        await terminal.Error.WriteLineAsync("parley: which command? For example: parley run FILE");
        return ExitCode.Unusable;
    }

    private static async Task<int> InvokeAsync(ParseResult result, Terminal terminal, CancellationToken cancellationToken)
    {
        var configuration = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,

            // The library's own handling of signals gives up on a command that has not awaited anything yet.
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await result.InvokeAsync(configuration, cancellationToken);
        }
        finally
        {
            await terminal.FlushAsync();
        }
    }
}
