using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Parley.Client;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.IntegrationTests.Server;
using Parley.Protocol;
using Parley.Tests.Cli;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Cli;

/// <summary><c>parley send</c>, to a real server.</summary>
public sealed class SendCommandTests : ServerCommandTest
{
    [Fact]
    public async Task An_input_is_sent_and_the_conversation_ended()
    {
        var run = await CommandRun.Of("send", Repository.At("samples", "standup.chunks.jsonl"), "--to", Server.Url);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal((ConversationPhase.Ended, 222), await StateAsync(run.Output.TrimEnd('\n')));
        Assert.Equal("222 sent, 222 acknowledged, 0 refused.", run.Error.TrimEnd('\n').Split('\n')[^1]);
        Assert.StartsWith("Ended: 222 chunks of 3 speakers became ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_that_are_no_chunks_are_refused_by_number_and_the_rest_is_sent()
    {
        var run = await CommandRun.WithInput(
            """
            {"start":0,"end":1,"text":"one"}
            {"start":5,"end":1,"text":"backwards"}
            nonsense
            {"start":2,"end":3,"text":"two"}
            """, "send", "-", "--to", Server.Url);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal((ConversationPhase.Ended, 2), await StateAsync(run.Output.TrimEnd('\n')));
        Assert.Contains("line 2 refused: The chunk ends at 1, before it starts at 5.\nline 3 refused: not valid JSON at byte 1\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recognisers_messages_are_sent_as_they_are_and_those_that_make_no_sense_told()
    {
        var messages = File.ReadAllText(Repository.At("samples", "asr", "deepgram.jsonl"));
        var run = await CommandRun.WithInput(messages + """{"type":"Results","channel":"none"}""", "send", "-", "--format", "auto", "--to", Server.Url);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("format deepgram, because", run.Error, StringComparison.Ordinal);
        Assert.Contains("Part of the message was left out: malformed", run.Error, StringComparison.Ordinal);
        Assert.EndsWith($"{messages.TrimEnd('\n').Split('\n').Length + 1} sent, {messages.TrimEnd('\n').Split('\n').Length + 1} acknowledged, 1 refused.\n", run.Error, StringComparison.Ordinal);
        var (phase, chunks) = await StateAsync(run.Output.TrimEnd('\n'));
        Assert.Equal(ConversationPhase.Ended, phase);
        Assert.NotEqual(0, chunks);
    }

    [Fact]
    public async Task A_server_that_restarts_in_the_middle_is_waited_for()
    {
        var input = new Pipe();
        var output = new Pipe();
        var sending = CommandRun.Between(input.Reader.AsStream(), output.Writer.AsStream(), Cancel, "send", "-", "--to", Server.Url);
        await SayAsync(input, 0, 30);
        using var said = new StreamReader(output.Reader.AsStream());
        var stream = await said.ReadLineAsync(Cancel);

        await Server.StopAsync();
        await SayAsync(input, 30, 60);
        await Server.StartAsync();
        await SayAsync(input, 60, 90);
        await input.Writer.CompleteAsync();

        var run = await sending;
        Assert.Equal(0, run.ExitCode);
        Assert.Equal((ConversationPhase.Ended, 90), await StateAsync(stream!));
        Assert.Contains("Trying again.", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("Connected again.", run.Error.Split("\nEnded:")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_dies_in_its_first_connection_is_waited_for()
    {
        var port = new Uri(Server.Url).Port;
        await Server.StopAsync();
        using var dying = new TcpListener(IPAddress.Loopback, port);
        dying.Start();
        var sending = CommandRun.Of("send", Repository.At("samples", "standup.chunks.jsonl"), "--to", Server.Url);
        // It dies before it has confirmed anything, and again.
        await Task.WhenAny(DieAsync(dying), sending);
        await Task.WhenAny(DieAsync(dying), sending);
        dying.Stop();
        await Server.StartAsync();

        var run = await sending;
        Assert.Equal((0, ""), (run.ExitCode, run.ExitCode == 0 ? "" : run.Error));
        Assert.Equal((ConversationPhase.Ended, 222), await StateAsync(run.Output.TrimEnd('\n')));
    }

    [Fact]
    public async Task What_another_sender_numbered_alike_is_sent_behind_it()
    {
        var (input, output, stream) = (new Pipe(), new Pipe(), StreamId.From(Guid.NewGuid()));
        string[] args = ["send", "-", "--to", Server.Url, "--stream", stream];
        var sending = CommandRun.Between(input.Reader.AsStream(), output.Writer.AsStream(), Cancel, args);
        await SayAsync(input, 0, 1);
        while ((await StateAsync(stream)).Chunks < 1) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancel);
        for (var i = 2; i <= 4; i++)
            await Server.Directory.SayAsync(stream, new ChunkDelivery(i, new(100 + i, 101 + i, $"other{i}", "ben")), Cancel);
        await SayAsync(input, 1, 20);
        await input.Writer.CompleteAsync();

        var run = await sending;
        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith("20 sent, 20 acknowledged, 0 refused.\n", run.Error, StringComparison.Ordinal);
        Assert.Equal((ConversationPhase.Ended, 23), await StateAsync(stream));
    }

    [Theory]
    [InlineData(false, ConversationPhase.Live)]
    [InlineData(true, ConversationPhase.Ended)]
    public async Task Ctrl_C_flushes_what_was_read_and_leaves_the_conversation_open_unless_told(bool end, ConversationPhase phase)
    {
        using var stop = new CancellationTokenSource();
        var (input, output) = (new Pipe(), new Pipe());
        var (stream, id) = (StreamId.From(Guid.NewGuid()), "--stream");
        string[] args = ["send", "-", "--to", Server.Url, id, stream, .. end ? new[] { "--end" } : []];
        var sending = CommandRun.Between(input.Reader.AsStream(), output.Writer.AsStream(), stop.Token, args);
        await SayAsync(input, 0, 5);
        while ((await StateAsync(stream)).Chunks < 5) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancel);

        await stop.CancelAsync();

        var run = await sending;
        Assert.Equal(130, run.ExitCode);
        Assert.Equal((phase, 5), await StateAsync(stream));
        Assert.EndsWith("5 sent, 5 acknowledged, 0 refused. Stopped before the end of the input.\n", run.Error, StringComparison.Ordinal);

        if (end) return;
        var more = await CommandRun.WithInput("""{"start":9,"end":10,"text":"more"}""", "send", "-", "--to", Server.Url, id, stream);
        Assert.Equal((0, stream + "\n"), (more.ExitCode, more.Output));
        Assert.Equal((ConversationPhase.Ended, 6), await StateAsync(stream));
    }

    [Theory]
    [InlineData("-", "the standard input", "")]
    [InlineData("-", "the standard input", "\n \r\n")]
    [InlineData("empty.jsonl", "{0}", "")]
    public async Task An_empty_input_begins_and_ends_nothing(string input, string name, string text)
    {
        var path = input == "-" ? input : Path.Combine(Data, input);
        if (input != "-") await File.WriteAllTextAsync(path, text, Cancel);
        var going = StreamId.From(Guid.NewGuid());
        await Server.Directory.OpenAsync(going, cancellationToken: Cancel);
        foreach (var to in new string[][] { [], ["--stream", going], ["--stream", going, "--end"] })
        {
            var run = await CommandRun.WithInput(text, ["send", path, "--to", Server.Url, .. to]);
            var said = string.Format(CultureInfo.InvariantCulture, name, path);
            Assert.Equal(
                (2, "", $"parley: {said} is empty: there is nothing to send, and no conversation was begun or ended.\n"),
                (run.ExitCode, run.Output, run.Error));
        }

        var only = Assert.Single((await ReadingTests.JsonAsync(Server, "/v1/streams"))["streams"]!.AsArray())!;
        Assert.Equal((going, "live"), ((string)only["stream_id"]!, (string)only["state"]!));
    }

    [Fact]
    public async Task A_closed_standard_input_begins_nothing()
    {
        var command = $"exec dotnet '{Path.Combine(AppContext.BaseDirectory, "Parley.Cli.dll")}' send - --to {Server.Url} <&-";
        using var run = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        Assert.StartsWith("parley: the standard input is empty:", await run.StandardError.ReadToEndAsync(Cancel), StringComparison.Ordinal);
        await run.WaitForExitAsync(Cancel);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty((await ReadingTests.JsonAsync(Server, "/v1/streams"))["streams"]!.AsArray());
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_an_error_at_once()
    {
        var run = await CommandRun.Of("send", Repository.At("samples", "standup.chunks.jsonl"), "--to", "http://127.0.0.1:1");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal("parley: Cannot connect to ws://127.0.0.1:1/stream: Connection refused. Does parley serve run there?\n", run.Error);
    }

    [Theory]
    [InlineData("--to must be an http or https URL, such as http://127.0.0.1:5210, not 'nowhere'.", "--to", "nowhere")]
    [InlineData("A conversation's name is str- and a UUID, or its external id, not 'str-meeting'.", "--stream", "str-meeting")]
    [InlineData("--speed must be more than 0 and at most 1000, not '0'.", "--speed", "0")]
    public async Task Wrong_usage_is_told(string message, params string[] args)
    {
        var run = await CommandRun.WithInput("", ["send", "-", .. args]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"parley: {message}\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ended_conversation_takes_no_more()
    {
        var stream = (await CommandRun.WithInput("""{"start":0,"end":1,"text":"all"}""", "send", "-", "--to", Server.Url)).Output.TrimEnd('\n');
        var run = await CommandRun.WithInput("""{"start":9,"end":10,"text":"more"}""", "send", "-", "--to", Server.Url, "--stream", stream);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("parley: The conversation", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_may_have_been_sent_before_is_not_said_again_unless_it_is_said_to_be_new()
    {
        var (stream, file) = (StreamId.From(Guid.NewGuid()), Path.Combine(Data, "all.jsonl"));
        await File.WriteAllTextAsync(file, """{"start":0,"end":1,"text":"all"}""", Cancel);
        await using (var killed = await ParleyClient.StartAsync(new Uri(Server.Url), streamId: stream, cancellationToken: Cancel))
        {
            await killed.SendAsync(new Chunk(0, 1, "all"), cancellationToken: Cancel);
            await killed.FlushAsync(Cancel);
        }

        string[] again = ["send", file, "--to", Server.Url, "--stream", stream];
        var refused = await CommandRun.Of(again);
        Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
        Assert.StartsWith($"parley: {stream} has 1 messages of source '' already, and {file} would be said behind them.", refused.Error, StringComparison.Ordinal);
        Assert.Equal((ConversationPhase.Live, 1), await StateAsync(stream));

        Assert.Equal(0, (await CommandRun.Of([.. again, "--continue"])).ExitCode);
        Assert.Equal((ConversationPhase.Ended, 2), await StateAsync(stream));
    }

    [Fact]
    public async Task In_a_terminal_progress_is_drawn_and_the_end_told()
    {
        var run = await CommandRun.AtTerminal("""{"start":0,"end":1,"text":"hello there","speaker_id":"ana"}""", "send", "-", "--to", Server.Url);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("To see it: parley watch str-", run.Output, StringComparison.Ordinal);
        Assert.Contains("Ended: 1 chunks of 1 speakers became 1 segments", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("1 sent, 1 acknowledged, 0 refused.\n\u001b[?25h", run.Output.Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static async Task SayAsync(Pipe input, int from, int to)
    {
        var lines = Enumerable.Range(from, to - from).Select(i => $$"""{"start":{{i}},"end":{{i}}.5,"text":"word{{i}}","speaker_id":"ana"}""" + "\n");
        await input.Writer.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(lines)), Cancel);
    }

    private static async Task DieAsync(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync(Cancel);
        using var reader = new StreamReader(connection.GetStream(), leaveOpen: true);
        var key = "";
        while (await reader.ReadLineAsync(Cancel) is { Length: > 0 } line)
        {
            if (line.Split(": ") is ["Sec-WebSocket-Key", var given]) key = given;
        }

#pragma warning disable CA5350 // RFC 6455 asks for SHA-1.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        var answer = $"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n\r\n";
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer), Cancel);
    }

    private async Task<(ConversationPhase Phase, long Chunks)> StateAsync(string stream) =>
        await Server.Directory.ReadAsync(stream, state => (state.Phase, state.Chunks), Cancel);
}
