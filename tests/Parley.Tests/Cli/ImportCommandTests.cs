using System.Text.Json.Nodes;
using Parley.Tests.Support;
using Parley.Tests.Transcripts.Imports;
using Parley.Transcripts;

namespace Parley.Tests.Cli;

/// <summary><c>parley run</c> of finished transcripts.</summary>
public sealed class ImportCommandTests
{
    public static TheoryData<string> Samples => new(Imported.Samples);

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_finished_transcript_runs_without_a_word_about_its_format(string name)
    {
        using var folder = new TemporaryFolder();
        var sample = Repository.At("samples", "imports", name);

        var run = await CommandRun.Of("run", sample, "--out", folder.Path);
        var told = await CommandRun.Of("run", sample, "--format", "auto", "--out", folder.Path);

        Assert.Equal((0, 0), (run.ExitCode, told.ExitCode));
        Assert.Equal(run.Output, told.Output);
        var report = JsonNode.Parse(await File.ReadAllTextAsync(folder.At("report.json"), TestContext.Current.CancellationToken))!;
        var format = report["format"]!.GetValue<string>();
        Assert.Contains($"format {format}, because it", told.Error, StringComparison.Ordinal);
        Assert.Equal((47, 47), (report["words_in"]!.GetValue<int>(), report["words_out"]!.GetValue<int>()));
        var transcript = await TranscriptJson.ReadFileAsync(folder.At("transcript.json"), TestContext.Current.CancellationToken);
        Assert.Equal(
            string.Join(' ', Imported.Conversation.Select(said => said.Text)),
            string.Join(' ', transcript.Segments.Select(segment => segment.Text)));
        Assert.True(File.Exists(folder.At("summary.md")));
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_with_its_line_and_the_exit_code_says_so()
    {
        const string Input =
            "{\"segments\": [\n{\"start\": 0, \"end\": 1, \"text\": \"good morning\"},\n{\"start\": 1, \"end\": 2},\n"
            + "{\"start\": 2, \"text\": \"bye\"}\n]}";
        using var folder = new TemporaryFolder();

        var run = await CommandRun.WithInput(Input, "run", "-", "--out", folder.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("line 3 refused: segments[]: text: missing\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("line 4 warning: times_missing\n", run.Error, StringComparison.Ordinal);
        var report = JsonNode.Parse(await File.ReadAllTextAsync(folder.At("report.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal(
            (1, 1, 1), ((int)report["refused"]!, (int)report["anomalies"]!["malformed"]!, (int)report["anomalies"]!["times_missing"]!));
        Assert.Equal(2, (int)report["chunks"]!);
    }

    [Theory]
    [InlineData(
        "{\"segments\": [\n{\"start\": 0, \"end\": 1, \"text\": \"good",
        "the standard input cannot be read as whisper: the JSON ends before it is complete, line 2.")]
    [InlineData(
        "{\n\"text\": \"good morning\"\n}",
        "the standard input cannot be read: this looks like Whisper's JSON, but it has no segments: ask for verbose_json.")]
    [InlineData(
        "{\"segments\": [\n{\"start\": 0, \"text\": 1}\n]}",
        "the standard input has no text that can be read as whisper: line 2: segments[]: text: expected a string.")]
    public async Task A_file_that_cannot_be_used_is_one_message_and_nothing_is_written(string input, string message)
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.WithInput(input, "run", "-", "--out", folder.At("out"));

        Assert.Equal((2, $"parley: {message}\n"), (run.ExitCode, run.Error));
        Assert.False(Directory.Exists(folder.At("out")));
    }

    [Fact]
    public async Task The_formats_are_listed()
    {
        var run = await CommandRun.Of("formats");

        Assert.All(
            ImportFormats.All, format => Assert.Contains($"{format.Name}\n  {format.Description}\n", run.Output, StringComparison.Ordinal));
    }
}
