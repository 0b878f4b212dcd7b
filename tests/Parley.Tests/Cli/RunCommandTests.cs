using System.Text.Json.Nodes;
using Parley.Protocol;
using Parley.Streaming;
using Parley.Tests.Support;
using Parley.Transcripts;

namespace Parley.Tests.Cli;

public class RunCommandTests
{
    private const string Good = """{"start":0,"end":1,"text":"hello","speaker_id":"ana"}""";

    [Fact]
    public async Task The_sample_becomes_a_transcript_a_log_and_a_report()
    {
        using var folder = new TemporaryFolder();
        var run = await CommandRun.Of("run", Repository.At("samples", "standup.chunks.jsonl"), "--out", folder.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("[00:00.8] ana (question): Okay, good morning everybody.", run.Output, StringComparison.Ordinal);
        var report = Report(folder);
        Assert.Equal((3, 222, 0), (report["speakers"]!.GetValue<int>(), report["chunks"]!.GetValue<int>(), report["refused"]!.GetValue<int>()));
        Assert.True(report["clamped"]!.GetValue<int>() > 0 && report["late"]!.GetValue<int>() > 0 && report["continuations"]!.GetValue<int>() > 0);
        Assert.Equal(report["words_in"]!.GetValue<int>(), report["words_out"]!.GetValue<int>());

        var transcript = await TranscriptJson.ReadFileAsync(folder.At("transcript.json"), TestContext.Current.CancellationToken);
        Assert.Equal(report["segments"]!.GetValue<int>(), transcript.Segments.Count);
        // A blank line, and then the summary.
        var (said, summary) = run.Output.Split("\n\n", 2) is [var lines, var rest] ? (lines, rest) : (run.Output, "");
        Assert.Equal(transcript.Segments.Count, said.Split('\n').Length);
        var written = await File.ReadAllTextAsync(folder.At("summary.md"), TestContext.Current.CancellationToken);
        Assert.StartsWith("Chosen from what was said, without a model.\n\n## Main topics discussed\n", written, StringComparison.Ordinal);
        Assert.Equal(written.Replace("model.\n\n##", "model.\n##", StringComparison.Ordinal), summary);
        Assert.Equal("extractive", report["summary_author"]!.GetValue<string>());
        Assert.Equal(["ana", "ben", "chloe"], transcript.Speakers!.Select(speaker => speaker.Id));
        Assert.All(new[] { "srt", "vtt", "txt", "md" }, format => Assert.True(new FileInfo(folder.At($"transcript.{format}")).Length > 1000));
    }

    [Fact]
    public async Task The_log_holds_numbered_envelopes_from_start_to_end()
    {
        using var folder = new TemporaryFolder();
        await CommandRun.WithInput(Good, "run", "-", "--out", folder.Path);
        var events = File.ReadAllLines(folder.At("events.jsonl")).Select(line => Envelope.Parse(System.Text.Encoding.UTF8.GetBytes(line))).ToList();
        Assert.Equal(
            ["SESSION_STARTED", "FINALIZED", "WORKFLOW_ROUTED", "SPEAKER_TURN", "SEMANTIC_UPDATE", "SUMMARY", "SESSION_ENDED"], events.Select(e => e.Type));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], events.Select(e => e.EventId));
        Assert.Single(events.Select(e => e.StreamId).Distinct());
        Assert.Equal(("seg-0", 0, 1), (events[1].SegmentId, events[1].TsAudioStart, events[1].TsAudioEnd));
        Assert.Equal("hello", Assert.IsType<FinalizedPayload>(events[1].Payload).Segment.Text);
        Assert.Equal(1, Assert.IsType<SessionEndedPayload>(events[^1].Payload).Stats.ChunksReceived);
    }

    [Fact]
    public async Task What_it_means_is_written_beside_the_transcript()
    {
        using var folder = new TemporaryFolder();
        await CommandRun.WithInput(
            """
            {"start":0,"end":1,"text":"what does it cost","speaker_id":"ana"}
            {"start":3,"end":4,"text":"i will send you the price tomorrow"}
            """,
            "run", "-", "--out", folder.Path);
        Assert.Equal(
            ["""{"start":0,"end":1,"text":"what does it cost","speaker_id":"ana","keywords":["cost"],"intent":"question","timestamp":1}""",
                """{"start":3,"end":4,"text":"i will send you the price tomorrow","speaker_id":null,"keywords":["price"],"intent":"commitment","timestamp":4}"""],
            File.ReadAllLines(folder.At("annotated.jsonl")));
        Assert.Equal(
            ["""{"text":"what does it cost","speaker":"ana","start":0,"end":1,"intent":"question","workflow":"question"}""",
                """{"text":"i will send you the price tomorrow","speaker":"Unknown","start":3,"end":4,"intent":"commitment","workflow":"action_item"}"""],
            File.ReadAllLines(folder.At("workflows.jsonl")));
        Assert.Contains("## Candidate action items\n\n- [00:03] Send you the price tomorrow", File.ReadAllText(folder.At("summary.md")), StringComparison.Ordinal);
        var transcript = await TranscriptJson.ReadFileAsync(folder.At("transcript.json"), TestContext.Current.CancellationToken);
        Assert.Equal("pricing", transcript.Segments[0].Annotations!["semantic"]!["risk_tags"]![0]!.GetValue<string>());
        Assert.Equal("ana", Assert.Single(transcript.Turns!).SpeakerId);
    }

    [Fact]
    public async Task A_bad_line_is_reported_counted_and_skipped()
    {
        using var folder = new TemporaryFolder();
        var run = await CommandRun.WithInput($"{Good}\n\nnonsense\n{{\"start\":5,\"end\":4,\"text\":\"secret\"}}\n{Good.Replace("hello", "again", StringComparison.Ordinal)}", "run", "-", "--out", folder.Path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("line 3 refused: not valid JSON at byte", run.Error, StringComparison.Ordinal);
        Assert.Contains("line 4 refused: Chunk end 4 s is before its start 5 s.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Error, StringComparison.Ordinal);
        Assert.Contains("hello again", run.Output, StringComparison.Ordinal);
        Assert.Equal((4, 2, 2, 1), (Report(folder)["lines"]!.GetValue<int>(), Report(folder)["chunks"]!.GetValue<int>(), Report(folder)["refused"]!.GetValue<int>(), Report(folder)["clamped"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Strict_stops_at_the_first_refusal_with_what_there_is()
    {
        using var folder = new TemporaryFolder();
        var run = await CommandRun.WithInput($"{Good}\nnonsense\n{Good}", "run", "-", "--strict", "--out", folder.Path);
        Assert.Equal((1, 1), (run.ExitCode, Report(folder)["chunks"]!.GetValue<int>()));
        Assert.True(Report(folder)["stopped"]!.GetValue<bool>());
        Assert.Single((await TranscriptJson.ReadFileAsync(folder.At("transcript.json"), TestContext.Current.CancellationToken)).Segments);
    }

    [Fact]
    public async Task Reject_refuses_what_lanes_keep()
    {
        using var folder = new TemporaryFolder();
        var input = $"{Good}\n{Good.Replace("ana", "ben", StringComparison.Ordinal)}";
        Assert.Equal(0, (await CommandRun.WithInput(input, "run", "-", "--out", folder.Path)).ExitCode);
        Assert.Equal(1, (await CommandRun.WithInput(input, "run", "-", "--out", folder.Path, "--overlap", "reject")).ExitCode);
        Assert.Equal(1, Report(folder)["refused"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("lanes")]
    [InlineData("lanes", "--redact")]
    [InlineData("reject")]
    public async Task Refused_lines_among_many_under_way_are_told_by_their_number_and_the_rest_keeps_its_order(string overlap, params string[] options)
    {
        using var folder = new TemporaryFolder();
        // Every seventh is no chunk, or one that ends before it starts; every eleventh begins before the one before it ends.
        var lines = Enumerable.Range(1, 700).Select(i => i % 7 != 0
            ? $$"""{"start":{{i - (i % 11 == 0 ? 1 : 0)}},"end":{{i}}.9,"text":"w{{i}}"}"""
            : i % 2 == 0 ? "nonsense" : $$"""{"start":{{i}},"end":0,"text":"w{{i}}"}""").ToList();
        var run = await CommandRun.WithInput(string.Join('\n', lines), ["run", "-", "--out", folder.Path, "--overlap", overlap, .. options]);
        var taken = Enumerable.Range(1, 700).Where(i => i % 7 != 0 && (overlap == "lanes" || i % 11 != 0 || (i - 1) % 7 == 0)).ToList();
        var refused = Enumerable.Range(1, 700).Except(taken).ToList();
        Assert.Equal(refused.Select(i => $"line {i} refused"), run.Error.Split('\n').Where(line => line.StartsWith("line", StringComparison.Ordinal)).Select(line => line.Split(':')[0]));
        Assert.Equal((taken.Count, refused.Count), (Report(folder)["chunks"]!.GetValue<int>(), Report(folder)["refused"]!.GetValue<int>()));
        var transcript = await TranscriptJson.ReadFileAsync(folder.At("transcript.json"), TestContext.Current.CancellationToken);
        Assert.Equal(taken.Select(i => $"w{i}"), transcript.Segments.SelectMany(segment => segment.Text.Split(' ')));
    }

    [Fact]
    public async Task Patterns_of_a_file_are_taken_out_too()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("patterns.txt"), "case: AB-[0-9]+\n", TestContext.Current.CancellationToken);
        string[] run = ["run", "-", "--out", folder.At("out"), "--redact-patterns", folder.At("patterns.txt")];
        var kept = await CommandRun.WithInput("""{"start":0,"end":1,"text":"it is AB-12 then","speaker_id":"ana"}""", [.. run, "--redact"]);
        Assert.Equal(0, kept.ExitCode);
        Assert.Contains("it is [case] then", kept.Output, StringComparison.Ordinal);
        Assert.Contains("add --redact", (await CommandRun.WithInput(Good, run)).Error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(folder.At("patterns.txt"), "case: AB\nother: (\n", TestContext.Current.CancellationToken);
        var refused = await CommandRun.WithInput(Good, [.. run, "--redact"]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("patterns.txt: Line 2: ", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_region_without_phone_numbers_is_told()
    {
        var run = await CommandRun.WithInput(Good, "run", "-", "--redact", "--phone-regions", "DE,XX");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("\"XX\" is not a region", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_said_cannot_speak_to_the_terminal()
    {
        using var folder = new TemporaryFolder();
        var run = await CommandRun.WithInput("""{"start":0,"end":1,"text":"a\u001b[2J\nb\u202e","speaker_id":"x\ry"}""", "run", "-", "--out", folder.Path);
        Assert.StartsWith("[00:00.0] x y: a\ufffd[2J b\ufffd\n\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Output, letter => letter is '\u001b' or '\r' or '\u202e');
    }

    [Fact]
    public async Task Every_meeting_keeps_every_word()
    {
        using var folder = new TemporaryFolder();
        foreach (var meeting in Repository.Meetings())
        {
            Assert.Equal(0, (await CommandRun.Of("run", meeting, "--out", folder.Path)).ExitCode);
            var report = Report(folder);
            Assert.Equal(0, report["refused"]!.GetValue<int>());
            Assert.Equal(report["words_in"]!.GetValue<long>(), report["words_out"]!.GetValue<long>());
            var transcript = await TranscriptJson.ReadFileAsync(folder.At("transcript.json"), TestContext.Current.CancellationToken);
            Assert.Equal(report["words_out"]!.GetValue<long>(), transcript.Segments.Sum(segment => (long)Words.Count(segment.Text)));
        }
    }

    [Fact]
    public async Task Words_keep_what_they_came_with()
    {
        using var folder = new TemporaryFolder();
        const string Line =
            """{"start":0,"end":1,"text":"so it","language":"en","words":[{"word":"so","start":0,"end":0.4},"""
            + """{"word":"it","start":0.4,"end":1,"confidence":0.5}]}""";
        Assert.Equal(0, (await CommandRun.WithInput(Line, "run", "-", "--out", folder.Path)).ExitCode);
        var transcript = await TranscriptJson.ReadFileAsync(folder.At("transcript.json"), TestContext.Current.CancellationToken);
        Assert.Equal(
            """[{"word":"so","start":0.0,"end":0.4},{"word":"it","start":0.4,"end":1.0,"probability":0.5}]""",
            transcript.Segments[0].Json["words"]!.ToJsonString());
        Assert.Equal(("en", 0.5, "en"), (transcript.Language, transcript.Segments[0].Confidence, transcript.Segments[0].Language));
    }

    [Fact]
    public async Task What_other_programs_write_is_read_with_a_warning_and_what_cannot_be_told_is_refused()
    {
        using var folder = new TemporaryFolder();
        var input = Repository.At("tests", "Parley.Tests", "Asr", "Cases", "58-unit-mixups", "input.jsonl");
        var run = await CommandRun.Of("run", input, "--out", folder.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            ["line 1 warning: start: a string taken for a number of seconds", "line 2 warning: speaker_id: a number taken for a string",
                "line 3 warning: speaker: taken for speaker_id", "line 4 refused: text: missing",
                "line 5 refused: Chunk end 7.5 s is before its start 8 s.", "line 6 warning: start: before zero",
                "line 8 refused: end: expected a number of seconds, found null"],
            run.Error.Split('\n').Where(line => line.StartsWith("line", StringComparison.Ordinal)));
        Assert.StartsWith(
            "[00:00.5] a: String times.\n[00:02.0] 3: Numeric speaker.\n[00:04.0] Jane: Speaker elsewhere.\n",
            run.Output,
            StringComparison.Ordinal);
        var report = Report(folder);
        Assert.Equal((5, 3, 4), ((int)report["chunks"]!, (int)report["refused"]!, (int)report["warnings"]!));
    }

    [Fact]
    public async Task By_the_letter_of_the_contract_types_stay_strict()
    {
        var run = await CommandRun.WithInput("""{"start":"0.5","end":1,"text":"x"}""", "segment", "-");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("""{"line":1,"error":"start: expected a number of seconds, found a string"}""", run.Error.TrimEnd());
    }

    private static JsonNode Report(TemporaryFolder folder) => JsonNode.Parse(File.ReadAllText(folder.At("report.json")))!;
}
