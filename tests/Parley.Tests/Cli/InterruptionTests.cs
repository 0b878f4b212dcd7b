using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Tests.Support;
using Parley.Transcripts;

namespace Parley.Tests.Cli;

/// <summary>What a run does when it is stopped, when its input is slow, and when a stream breaks under it.</summary>
public class InterruptionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stopped_run_writes_what_there_is_and_exits_with_130()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var (input, output) = (new Pipe(), new Pipe());
        var run = CommandRun.Between(input.Reader.AsStream(), output.Writer.AsStream(), stop.Token, "run", "-", "--out", folder.Path);
        await input.Writer.WriteAsync(Lines(0, 10), Token);
        using var said = new StreamReader(output.Reader.AsStream());
        Assert.Equal("[00:00.0] ana: word0", await said.ReadLineAsync(Token));

        await stop.CancelAsync();

        Assert.Equal(130, (await run).ExitCode);
        Assert.Equal(2, (await TranscriptJson.ReadFileAsync(folder.At("transcript.json"), Token)).Segments.Count);
        Assert.True(JsonNode.Parse(File.ReadAllText(folder.At("report.json")))!["stopped"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("segment", "-")]
    [InlineData("export", "-", "--to", "srt")]
    public async Task The_other_commands_stop_too(params string[] args)
    {
        var run = await CommandRun.Between(new Pipe().Reader.AsStream(), Stream.Null, new CancellationToken(canceled: true), args);
        Assert.Equal((130, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task A_replay_at_speed_is_seen_as_it_goes()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        File.WriteAllBytes(folder.At("input.jsonl"), Lines(0, 10, 100_000));
        var output = new Pipe();
        var run = CommandRun.Between(Stream.Null, output.Writer.AsStream(), stop.Token, "run", folder.At("input.jsonl"), "--speed", "1000", "--out", folder.Path);

        using var said = new StreamReader(output.Reader.AsStream());
        Assert.Equal("[00:00.0] ana: word0", await said.ReadLineAsync(Token));
        Assert.NotEqual(0, new FileInfo(folder.At("events.jsonl")).Length);

        await stop.CancelAsync();
        Assert.Equal(130, (await run).ExitCode);
    }

    [Theory]
    [InlineData("run", "--out")]
    [InlineData("segment", "--max-gap=1")]
    public async Task A_full_output_is_an_error_and_no_crash(string command, string option)
    {
        using var folder = new TemporaryFolder();
        using var input = new MemoryStream(Lines(0, 10));
        string[] args = option == "--out" ? [command, "-", option, folder.Path] : [command, "-", option];

        var run = await CommandRun.Between(input, new BrokenStream(), Token, args);

        Assert.Equal((2, "parley: disk full\n"), (run.ExitCode, run.Error.Split("\n")[^2] + "\n"));
    }

    [Theory]
    [InlineData("run", "-")]
    [InlineData("segment", "-")]
    [InlineData("export", "-", "--to", "srt")]
    public async Task An_input_that_breaks_is_an_error_and_no_crash(params string[] args)
    {
        using var folder = new TemporaryFolder();
        string[] all = args[0] == "run" ? [.. args, "--out", folder.Path] : args;

        var run = await CommandRun.Between(new BrokenStream(), Stream.Null, Token, all);

        Assert.Equal((2, "parley: disk full\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Times_at_the_ends_of_what_a_number_holds_are_written_down()
    {
        using var folder = new TemporaryFolder();
        var run = await CommandRun.WithInput(
            """
            {"start":-1.7e308,"end":1.7e308,"text":"all of time","speaker_id":"ana"}
            {"start":1.7e308,"end":1.7976931348623157e308,"text":"and more","speaker_id":"ben"}
            {"start":5e-324,"end":5e-324,"text":"late","speaker_id":"ben"}
            """, "run", "-", "--out", folder.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(double.MaxValue, JsonNode.Parse(File.ReadAllText(folder.At("report.json")))!["audio_sec"]!.GetValue<double>());
        var transcript = await TranscriptJson.ReadFileAsync(folder.At("transcript.json"), Token);
        Assert.Equal(-1.7e308, transcript.Segments[0].Start);
        Assert.Equal(double.MaxValue, transcript.Speakers![0].TotalSpeechTime);
    }

    private static byte[] Lines(params int[] starts) =>
        Encoding.UTF8.GetBytes(string.Concat(starts.Select((start, i) => $$"""{"start":{{start}},"end":{{start}},"text":"word{{i}}","speaker_id":"ana"}""" + "\n")));

    private sealed class BrokenStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("disk full");

        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("disk full");

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("disk full");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("disk full");

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("disk full");

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("disk full");
    }
}
