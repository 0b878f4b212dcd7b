using System.CommandLine;
using System.Globalization;
using Parley.Cli.Display;
using Parley.Cli.Remote;
using Parley.Cli.Run;
using Parley.Client;
using Parley.Protocol;

namespace Parley.Cli.Commands;

/// <summary><c>parley send</c>: an input to a server.</summary>
internal static class SendCommand
{
    // A pipe holds its writer up meanwhile; a server that is away for longer is not coming back by itself.
    private static readonly TimeSpan ReconnectFor = TimeSpan.FromMinutes(5);

    private const string Lesson =
        """
        INPUT is JSON Lines: chunks of recognised text, or a recogniser's own messages with --format. The name of the conversation is the first line on
        standard output; everything else is told on standard error, or drawn in a terminal. When the server restarts or the connection drops, it comes back
        and sends again what was not acknowledged; nothing is lost or said twice.

        Examples:
          parley send meeting.jsonl                             to a server on this machine
          my-recogniser | parley send - --format deepgram       live, from a pipe
          parley send meeting.jsonl --speed 1 --to https://parley.example.org
          parley send call.jsonl --title "Ferry bookings" --external-id crm/4711 --label team=sales
          parley watch $(parley send meeting.jsonl | head -1)   sends, and shows what became of it

        The command connects when the input has its first line; an input without one is an error, and begins and ends nothing.
        At the end of the input the conversation is ended. Ctrl-C stops reading, waits until what was read is acknowledged, and leaves the conversation open:
        parley send - --stream ID goes on with it. The server cannot tell a file that is sent again from more words: a FILE to a conversation that has
        messages of its source already is refused, unless --continue says that all of it is new, or --source that it is another input. So send each input
        once, and only one under each source at a time.

        Exit codes: 0 all acknowledged, 1 some refused, 2 wrong usage, an empty input, or a server that says no or is gone, 130 stopped by Ctrl-C.
        """;

    public static Command Build(Terminal terminal)
    {
        var input = CommonArguments.Input("Chunks, or a recogniser's messages, as JSON Lines");
        var server = new ServerOptions(terminal);
        var format = CommonArguments.Format(
            "What the lines are: plain chunks, a recogniser's messages (see parley formats), or auto to tell by their shape.",
            [RunSettings.Chunks, RecogniserFormat.Auto],
            RunSettings.Chunks);
        var speed = CommonArguments.Number(
            "--speed", "X", "Send at this many times real time. Default: as fast as the input comes.", x => x is > 0 and <= 1000, "more than 0 and at most 1000");
        var stream = StreamArguments.Option(
            "The conversation to send to, by its id or external id; begun where there is none of that name. Default: a new one.");
        var description = new DescriptionOptions();
        var source = new Option<string>("--source") { Description = "What to call this input, where several feed one conversation.", HelpName = "NAME", DefaultValueFactory = _ => "" };
        var redact = new Option<bool>("--redact")
        {
            Description = "Have the server take out card, account, sort code, social security and phone numbers and e-mail addresses before it "
                + "keeps or shows anything.",
        };
        var goOn = new Option<bool>("--continue") { Description = "Send all of FILE behind what the conversation has of this source already: it is new." };
        var end = new Option<bool>("--end") { Description = "End the conversation after Ctrl-C, too." };

        var command = new TaughtCommand("send", "Send a conversation to a server, as it is said.", Lesson)
        {
            input, server.To, format, speed, stream, description.Title, description.ExternalId, description.Labels, description.Language,
            source, goOn, redact, end,
        };
        command.SetAction((result, cancellationToken) => SendAsync(
            terminal,
            result.GetRequiredValue(input),
            server.AddressOf(result),
            server.Key,
            result.GetValue(stream),
            description.Of(result),
            new SessionSettings { Redact = result.GetValue(redact) ? true : null },
            new SendSettings(result.GetRequiredValue(format), result.GetValue(source)!, result.GetValue(speed) is > 0 and var times ? times : null, result.GetValue(end), result.GetValue(goOn)),
            cancellationToken));
        return command;
    }

    private static async Task<int> SendAsync(
        Terminal terminal, string path, Uri server, string? key, string? stream, StreamDescription description, SessionSettings session,
        SendSettings settings, CancellationToken cancellationToken)
    {
        // Where it is no id, it is the external id of one that is there, or shall be.
        if (stream is not null && !StreamId.IsValid(stream))
        {
            if (description.ExternalId is not null)
                throw new CommandException("--stream names an external id already: leave --external-id out.");
            (stream, description) = (null, description with { ExternalId = stream });
        }

        await using var input = InputFile.Open(path, terminal);
        // Before the server hears of it: a program that failed and wrote nothing must not end a conversation, nor begin one.
        var lines = new ChunkLines(input, isLenient: true);
        if (!await lines.PeekAsync(cancellationToken))
            throw InputFile.Empty(path, "there is nothing to send, and no conversation was begun or ended");
        var report = new SendReport();
        await using var display = new SendDisplay(terminal, report);
        await using var client = await new ServerSession(server, key, display.Connection, ReconnectFor, terminal.Clock)
            .StartAsync(session, stream, description, cancellationToken);
        if (path != "-" && InputFile.Length(input) is not null && !settings.GoesOn) RefuseRepeat(path, client, settings.Source);
        display.Begin(client.StreamId, () => client.UnacknowledgedCount);
        var run = new SendRun(settings, client, display, report, terminal.Clock);
        return await run.SendAsync(lines, InputFile.Length(input), cancellationToken);
    }

    // A file that is sent again would be said again: which of its lines the server has is not known for sure, where some were refused or it is another file.
    private static void RefuseRepeat(string path, ParleyClient client, string source)
    {
        var had = client.NextSequence(source) - 1;
        if (had == 0) return;
        throw new CommandException(string.Create(
            CultureInfo.InvariantCulture,
            $"{client.StreamId} has {had} messages of source '{source}' already, and {path} would be said behind them. If they came from it, send the lines after them: parley send - --stream ID. If all of it is new, add --continue; if it is another input, --source NAME."));
    }
}
