using System.Text.Json.Nodes;
using Parley.Asr;
using Parley.Tests.Asr;
using Parley.Tests.Support;
using Parley.Transcripts;

namespace Parley.Tests.Cli;

public sealed class RecogniserCommandTests
{
    private static readonly string Withdrawal = $"{Messages.Hypothesis(0, 1, "hm")}\n{Messages.Phrase(0, 1, "")}\n";

    public static TheoryData<string> Formats => new(AsrFormats.Default.All.Select(format => format.Name));

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_sample_of_every_recogniser_runs_by_name_and_by_its_shape(string format)
    {
        using var folder = new TemporaryFolder();
        var sample = Repository.At("samples", "asr", format + ".jsonl");

        var named = await CommandRun.Of("run", sample, "--format", format, "--out", folder.Path);
        var told = await CommandRun.Of("run", sample, "--format", "auto", "--out", folder.Path);

        Assert.Equal((0, 0), (named.ExitCode, told.ExitCode));
        Assert.Equal(named.Output, told.Output);
        Assert.Contains($"format {format}, because it", told.Error, StringComparison.Ordinal);
        var report = JsonNode.Parse(await File.ReadAllTextAsync(folder.At("report.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal(format, report["format"]!.GetValue<string>());
        Assert.Equal(report["words_in"]!.GetValue<int>(), report["words_out"]!.GetValue<int>());
        Assert.NotNull(report["anomalies"]);
    }

    [Fact]
    public async Task A_speaker_who_flickers_is_smoothed_on_request()
    {
        using var folder = new TemporaryFolder();
        var input = Repository.At("tests", "Parley.Tests", "Asr", "Cases", "46-speaker-flicker-2", "input.jsonl");

        var run = await CommandRun.Of("run", input, "--format", "deepgram", "--smooth-speaker-words", "2", "--out", folder.Path);
        Assert.Equal(0, run.ExitCode);
        var transcript = await TranscriptJson.ReadFileAsync(folder.At("transcript.json"), TestContext.Current.CancellationToken);
        Assert.Equal("I would like to order $5,000 worth of chairs please.", Assert.Single(transcript.Segments).Text);
        var report = JsonNode.Parse(await File.ReadAllTextAsync(folder.At("report.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal(2, report["anomalies"]!["speaker_smoothed"]!.GetValue<int>());

        var converted = await CommandRun.Of("convert", input, "--format", "deepgram", "--smooth-speaker-words", "2");
        Assert.Single(converted.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var refused = await CommandRun.Of("convert", input, "--format", "deepgram", "--smooth-speaker-words", "1.5");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--smooth-speaker-words must be a whole number from 0 to 5", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("azure", "Guest-1", "Guest-2")]
    [InlineData("assemblyai", "A", "B")]
    public async Task A_speaker_who_is_named_late_is_named_in_the_transcript_and_the_text_is_not_said_again(string format, string first, string second)
    {
        using var folder = new TemporaryFolder();
        await CommandRun.Of("run", Repository.At("samples", "asr", $"{format}.jsonl"), "--format", format, "--out", folder.Path);
        Assert.Contains("\"type\":\"SPEAKER_REVISION\"", File.ReadAllText(folder.At("events.jsonl")), StringComparison.Ordinal);
        var report = JsonNode.Parse(File.ReadAllText(folder.At("report.json")))!;
        Assert.Equal((2, 224), (report["speakers"]!.GetValue<int>(), report["words_out"]!.GetValue<int>()));
        var transcript = await TranscriptJson.ReadFileAsync(folder.At("transcript.json"), TestContext.Current.CancellationToken);
        Assert.Equal([first, second], transcript.Segments.Select(segment => segment.SpeakerId).Distinct());
    }

    [Fact]
    public async Task Chunks_that_are_converted_keep_their_words()
    {
        using var folder = new TemporaryFolder();
        var sample = Repository.At("samples", "asr", "deepgram.jsonl");
        var chunks = (await CommandRun.Of("convert", sample, "--format", "deepgram")).Output;
        await CommandRun.WithInput(chunks, "run", "-", "--out", folder.Path);
        var converted = await TranscriptJson.ReadFileAsync(folder.At("transcript.json"), TestContext.Current.CancellationToken);
        await CommandRun.Of("run", sample, "--format", "deepgram", "--out", folder.Path);
        var direct = await TranscriptJson.ReadFileAsync(folder.At("transcript.json"), TestContext.Current.CancellationToken);

        Assert.Equal(224, direct.Segments.Sum(segment => segment.Words!.Count));
        Assert.Equal(Words(direct), Words(converted));

        static IEnumerable<string> Words(Transcript transcript) =>
            transcript.Segments.SelectMany(segment => segment.Words!).Select(word => word.Json.ToJsonString());
    }

    [Fact]
    public async Task Text_that_is_left_out_is_listed_in_the_report_and_told_as_an_event()
    {
        using var folder = new TemporaryFolder();
        await CommandRun.WithInput(Withdrawal, "run", "-", "--format", "azure", "--out", folder.Path);

        var records = JsonNode.Parse(File.ReadAllText(folder.At("report.json")))!["anomaly_records"]!;
        Assert.Equal(1, records["count"]!.GetValue<int>());
        var record = Assert.Single(records["listed"]!.AsArray())!;
        Assert.Equal(("withdrawn", "hm"), (record["kind"]!.GetValue<string>(), record["text"]!.GetValue<string>()));
        Assert.Equal((0, 1), (record["start"]!.GetValue<double>(), record["end"]!.GetValue<double>()));
        Assert.Contains("\"type\":\"ANOMALY\"", File.ReadAllText(folder.At("events.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_taken_back_is_kept_if_that_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        var run = await CommandRun.WithInput(Withdrawal, "run", "-", "--format", "azure", "--commit-withdrawn", "--out", folder.Path);
        var converted = await CommandRun.WithInput(Withdrawal, "convert", "-", "--format", "azure", "--commit-withdrawn");

        Assert.Contains("hm", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, JsonNode.Parse(File.ReadAllText(folder.At("report.json")))!["anomaly_records"]!["count"]!.GetValue<int>());
        Assert.Contains("\"text\":\"hm\"", converted.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_is_counted_and_the_rest_goes_on()
    {
        using var folder = new TemporaryFolder();
        var run = await CommandRun.WithInput("{\"type\":\"Resu\n" + AsrFormats.Default.Get("deepgram").SampleMessage + "\n", "run", "-", "--format", "deepgram", "--out", folder.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("line 1 refused: not a JSON object", run.Error, StringComparison.Ordinal);
        Assert.Contains("Please cancel my plan.", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, JsonNode.Parse(await File.ReadAllTextAsync(folder.At("report.json"), TestContext.Current.CancellationToken))!["anomalies"]!["malformed"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_must_not_be_kept_is_in_no_output_also_where_a_recogniser_said_it_in_pieces()
    {
        using var folder = new TemporaryFolder();
        var input = string.Concat(Enumerable.Range(0, 8).Select(i =>
            $$"""{"start":{{2 * i}},"end":{{2 * i + 1}},"text":"{{(i % 2 == 0 ? "my card is 4111 1111" : "1111 1111 thanks a lot")}}","speaker_id":"ana","key":"{{i}}"}""" + "\n"));
        var run = await CommandRun.WithInput(input, "run", "-", "--format", "parley", "--redact", "--out", folder.Path);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(4, run.Output.Split("[card]").Length - 1);
        Assert.All(Directory.GetFiles(folder.Path), file => Assert.DoesNotContain("1111", File.ReadAllText(file), StringComparison.Ordinal));
        Assert.Equal(8, JsonNode.Parse(File.ReadAllText(folder.At("report.json")))!["chunks"]!.GetValue<int>());
    }

    [Fact]
    public async Task Convert_writes_chunks_that_segment_reads()
    {
        var converted = await CommandRun.Of("convert", Repository.At("samples", "asr", "aws.jsonl"), "--format", "aws");
        var segmented = await CommandRun.WithInput(converted.Output, "segment", "-");

        Assert.Equal(0, converted.ExitCode);
        Assert.StartsWith(
            """{"start":0.4,"end":2.9,"text":"Harbour office, good morning, this is Ana.","speaker_id":"spk_0","words":[""",
            converted.Output,
            StringComparison.Ordinal);
        Assert.Equal((0, ""), (segmented.ExitCode, segmented.Error));
    }

    [Fact]
    public async Task What_no_recogniser_says_cannot_be_told()
    {
        var run = await CommandRun.WithInput("{\"hello\":1}\n", "convert", "-", "--format", "auto");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("name one with --format: parley, deepgram", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await CommandRun.WithInput("", "run", "-", "--format", "whispers")).ExitCode);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("convert")]
    public async Task A_file_in_another_format_ends_with_an_error_that_says_what_to_do(string command)
    {
        using var folder = new TemporaryFolder();
        string[] output = command == "run" ? ["--out", folder.Path] : [];
        var run = await CommandRun.Of([command, Repository.At("samples", "asr", "aws.jsonl"), "--format", "deepgram", .. output]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("155 of 155 lines cannot be read as deepgram.", run.Error, StringComparison.Ordinal);
        Assert.Contains("--format auto", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_unsure_is_refused_with_what_was_seen()
    {
        var run = await CommandRun.WithInput("""{"result_index":0,"results":[{"final":true}]}""" + "\n", "convert", "-", "--format", "auto");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("its first line has result_index, results", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Formats_lists_them_all_with_a_message()
    {
        var run = await CommandRun.Of("formats");

        Assert.Equal(0, run.ExitCode);
        Assert.All(AsrFormats.Default.All, format => Assert.Contains($"{format.Name}\n  {format.Description}\n  {format.SampleMessage}\n", run.Output, StringComparison.Ordinal));
    }
}
