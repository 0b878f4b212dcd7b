using System.CommandLine;
using Parley.Cli.Data;
using Parley.Cli.Llm;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Storage.Sqlite;
using Parley.Work;

namespace Parley.Cli.Commands;

/// <summary><c>parley redrive</c>: tries dead letters again.</summary>
internal static class RedriveCommand
{
    private const string Lesson =
        """
        Has a model do the work that was dropped or failed, with the context as it was when it was said, and write the summaries that it had not
        written when their conversations ended. Answers are added to their conversations, also to those that have ended. What fails again stays a
        dead letter.

        Examples:
          parley redrive --data ./data --llm http://localhost:11434/v1 --model llama3

        Exit codes: 0 all done, or there was nothing to do; 1 some failed again; 2 wrong usage.
        """;

    public static Command Build(Terminal terminal)
    {
        var data = new DataOption(terminal);
        var llm = new LlmOptions(terminal);
        var prices = new PriceOptions();
        var prompts = new PromptOptions();
        var command = new TaughtCommand("redrive", "Try dropped and failed work again.", Lesson)
        {
            data, llm.Url, llm.Model, prices.Input, prices.Output, prices.Currency, prompts.Prompts, prompts.Languages,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            var model = llm.Open(result, prices.Read(result))
                ?? throw new CommandException("who should do the work? Name a model: --llm URL --model NAME.");
            var library = prompts.Read(result);
            await using var log = await data.OpenAsync(result, cancellationToken);
            var options = new ConversationOptions { Rules = new() { Languages = library.Languages } };
            await using var directory = new ConversationDirectory(log, options, terminal.Clock);
            await using var work = ModelWork.Open(model, log, directory, terminal.Clock, library);
            var letters = await KeptLetters.ReadAsync(log, work.Dispatcher.VersionOf, terminal, cancellationToken)
                .Where(letter => ModelWork.Does(letter.Item)).ToListAsync(cancellationToken);
            var awaited = await ResumeAsync(log, directory, cancellationToken);
            foreach (var stream in letters.GroupBy(letter => letter.Item.StreamId))
            {
                // What finds no room in the queue is tried when what is in it is done.
                for (IReadOnlyList<DeadLetter> rest = [.. stream]; rest.Count > 0;)
                {
                    var outcomes = await work.RedriveAsync(stream.Key, rest, cancellationToken);
                    rest = [.. rest.Skip(outcomes.Count(outcome => outcome != RedriveOutcome.NoRoom))];
                    if (rest.Count > 0) await work.Dispatcher.IdleAsync(cancellationToken);
                }
            }

            await work.Dispatcher.IdleAsync(cancellationToken);

            var ledger = work.Dispatcher.Ledger;
            var tried = letters.Count + awaited;
            await terminal.Error.WriteLineAsync($"{ledger.Done} of {tried} done, {ledger.Failed + ledger.Dropped} given up again.");
            await LlmOptions.TellProblemAsync(model, terminal);
            return ledger.Failed + ledger.Dropped == 0 ? ExitCode.Success : ExitCode.Refused;
        });
        return command;
    }

    // What a conversation that has ended still waits for is begun when it is opened. Returns how much that is.
    private static async Task<int> ResumeAsync(SqliteEventLog log, ConversationDirectory directory, CancellationToken cancellationToken)
    {
        var open = 0;
        await foreach (var head in log.ListAsync(cancellationToken))
        {
            if (head is not { State: StreamState.Ended, DueAt: not null } || directory.Unreadable.ContainsKey(head.Stream)) continue;
            open += await directory.ReadAsync(head.Stream, state => state.OpenWork, cancellationToken);
        }

        return open;
    }
}
