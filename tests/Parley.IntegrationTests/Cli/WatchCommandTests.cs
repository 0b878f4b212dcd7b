using System.IO.Pipelines;
using System.Text;
using Parley.Client;
using Parley.IntegrationTests.Client;
using Parley.Protocol;
using Parley.Tests.Cli;

namespace Parley.IntegrationTests.Cli;

/// <summary><c>parley watch</c>, on a real server.</summary>
public sealed class WatchCommandTests : ServerCommandTest
{
    [Fact]
    public async Task A_conversation_is_shown_as_it_unfolds_across_a_restart_to_its_end()
    {
        await using var sender = await StartAsync();
        var output = new Pipe();
        var watching = CommandRun.Between(Stream.Null, output.Writer.AsStream(), Cancel, "watch", sender.StreamId, "--to", Server.Url);
        using var said = new StreamReader(output.Reader.AsStream());
        await sender.SendAsync(new Chunk(0, 1, "Shall we ship on Thursday?", "ana"), cancellationToken: Cancel);
        await sender.SendAsync(new Chunk(4, 5, "Thursday works for me.", "ben"), cancellationToken: Cancel);
        Assert.Equal("[00:00.0] ana (question): Shall we ship on Thursday?", await said.ReadLineAsync(Cancel));

        await Server.RestartAsync();
        await sender.SendAsync(new Chunk(9, 10, "Good, we have decided.", "ana"), cancellationToken: Cancel);
        await sender.EndAsync(Cancel);

        var rest = await said.ReadLineAsync(Cancel);
        Assert.StartsWith("[00:04.0] ben", rest, StringComparison.Ordinal);
        var run = await watching;
        await output.Writer.CompleteAsync();
        var lines = await said.ReadToEndAsync(Cancel);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("[00:09.0] ana (decision): Good, we have decided.\n", lines, StringComparison.Ordinal);
        Assert.Contains("\n## Main topics discussed\n", lines, StringComparison.Ordinal);
        Assert.Contains("Ended: 3 chunks of 2 speakers became 3 segments", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_every_envelope_is_a_line_and_only_after_the_event_asked_for()
    {
        await using var sender = await StartAsync();
        await sender.SendAsync(new Chunk(0, 1, "hello"), cancellationToken: Cancel);
        await sender.EndAsync(Cancel);

        var run = await CommandRun.Of("watch", sender.StreamId, "--json", "--after", "1", "--to", Server.Url);

        var events = run.Output.TrimEnd('\n').Split('\n').Select(line => Envelope.Parse(Encoding.UTF8.GetBytes(line))).ToList();
        Assert.Equal(Enumerable.Range(2, events.Count).Select(id => (long)id), events.Select(envelope => envelope.EventId));
        Assert.IsType<FinalizedPayload>(events[0].Payload);
        Assert.IsType<SessionEndedPayload>(events[^1].Payload);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task A_conversation_that_ended_before_the_event_asked_for_has_nothing_more_to_show()
    {
        await using var sender = await StartAsync();
        await sender.EndAsync(Cancel);
        var last = await Server.Directory.ReadAsync(sender.StreamId, state => state.EventId, Cancel);

        var run = await CommandRun.Of("watch", sender.StreamId, "--json", "--after", $"{last}", "--to", Server.Url);

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Hostile_text_is_made_safe()
    {
        await using var sender = await StartAsync();
        await sender.SendAsync(new Chunk(0, 1, "red\u001b[31m \u202eturned\nline", "a\u001b]0;x"), cancellationToken: Cancel);
        await sender.EndAsync(Cancel);

        var plain = await CommandRun.Of("watch", sender.StreamId, "--to", Server.Url);
        var drawn = await CommandRun.AtTerminal("", "watch", sender.StreamId, "--to", Server.Url);

        Assert.Contains("[00:00.0] a\uFFFD]0;x: red\uFFFD[31m \uFFFDturned line\n", plain.Output, StringComparison.Ordinal);
        foreach (var shown in new[] { plain.Output, drawn.Output })
        {
            Assert.DoesNotContain("\u001b[31m", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("\u202e", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("\u001b]0", shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Ctrl_C_stops_watching_and_says_how_to_go_on()
    {
        await using var sender = await StartAsync();
        using var stop = new CancellationTokenSource();
        var output = new Pipe();
        var watching = CommandRun.Between(Stream.Null, output.Writer.AsStream(), stop.Token, "watch", sender.StreamId, "--json", "--to", Server.Url);
        using var said = new StreamReader(output.Reader.AsStream());
        Assert.Contains("SESSION_STARTED", await said.ReadLineAsync(Cancel), StringComparison.Ordinal);

        await stop.CancelAsync();

        Assert.Equal(130, (await watching).ExitCode);
    }

    [Theory]
    [InlineData("There is no such stream.", "str-00000000-0000-4000-8000-000000000000")]
    [InlineData("A conversation's name is str- and a UUID, or its external id, not 'str-meeting'.", "str-meeting")]
    [InlineData("--after must be a whole number from 0.", "--after", "-1")]
    public async Task What_cannot_be_watched_is_told(string message, params string[] args)
    {
        var run = await CommandRun.Of(["watch", .. args, "--to", Server.Url]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"parley: {message}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServer_that_is_not_there_is_an_error_at_once()
    {
        var run = await CommandRun.Of("watch", "--to", "http://127.0.0.1:1");
        Assert.Equal((2, "parley: Cannot ask http://127.0.0.1:1/v1/streams: Connection refused. Does parley serve run there?\n"), (run.ExitCode, run.Error));
    }

    private Task<ParleyClient> StartAsync() =>
        ParleyClient.StartAsync(new Uri(Server.Url), new SessionSettings { IdleFinalSec = 600 }, options: Quick.Options, cancellationToken: Cancel);
}
