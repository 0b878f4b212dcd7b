using System.CommandLine;
using Parley.Cli.Display;
using Parley.Cli.Remote;

namespace Parley.Cli.Commands;

/// <summary><c>parley watch</c>: a conversation on a server, as it unfolds.</summary>
internal static class WatchCommand
{
    private const string Lesson =
        """
        In a terminal, what is being said grows in place, with what may still change in italics; finals, what they do, answers and summaries scroll by. In a pipe,
        one plain line a final segment or answer on standard output. When the server restarts or the connection drops it comes back, and misses nothing.

        Examples:
          parley watch                                          the newest conversation that is open
          parley watch str-7f0cbd1c-94a2-4f0e-8d5c-0c8d4d0d2c11
          parley watch --json | jq 'select(.type == "FINALIZED")'    everything that comes, one envelope a line
          parley watch STREAM --after 120                       only what comes after event 120

        Exit codes: 0 the conversation has ended, 2 wrong usage, or a server that says no, 130 stopped by Ctrl-C.
        """;

    public static Command Build(Terminal terminal)
    {
        var stream = StreamArguments.Argument("The conversation, by its id or external id. Default: the newest that is open.");
        var server = new ServerOptions(terminal);
        var after = new Option<long>("--after") { Description = "Show what comes after this event. Default: all.", HelpName = "N" };
        after.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long>() < 0) result.AddError("--after must be a whole number from 0.");
        });
        var json = new Option<bool>("--json") { Description = "Everything that comes as it came, one envelope a line." };
        var command = new TaughtCommand("watch", "Watch a conversation on a server as it unfolds.", Lesson) { stream, server.To, after, json };
        command.SetAction(async (result, cancellationToken) =>
        {
            var address = server.AddressOf(result);
            var name = result.GetValue(stream) ?? await OpenStreams.NewestAsync(address, server.Key, cancellationToken)
                ?? throw new CommandException($"No conversation is open at {address}; name one that has ended, or begin one: parley send FILE.");
            await using IWatchDisplay display = result.GetValue(json) ? new JsonWatchDisplay(terminal)
                : terminal.IsInteractive ? new LiveWatchDisplay(terminal)
                : new PlainWatchDisplay(terminal);

            // Whoever looks decides when to stop.
            var session = new ServerSession(address, server.Key, display.Connection, Timeout.InfiniteTimeSpan, terminal.Clock);
            await using var client = await session.ResumeAsync(name, result.GetValue(after), cancellationToken);
            return await WatchRun.WatchAsync(client, display, cancellationToken);
        });
        return command;
    }
}
