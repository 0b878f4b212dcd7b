using System.Text.Json.Nodes;
using Parley.Tests.Support;

namespace Parley.Tests.Cli;

public class CommandLineTests
{
    [Theory]
    [InlineData("run")]
    [InlineData("segment")]
    [InlineData("annotate")]
    [InlineData("export")]
    [InlineData("streams")]
    [InlineData("replay")]
    [InlineData("erase")]
    [InlineData("backup")]
    [InlineData("doctor")]
    [InlineData("completion")]
    public async Task Every_command_teaches_itself(string command)
    {
        var run = await CommandRun.Of(command, "--help");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
        Assert.Contains("parley", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Required argument 'INPUT' missing", "run")]
    [InlineData("--max-gap must be a finite number of seconds, not 'NaN'", "run", "x", "--max-gap", "NaN")]
    [InlineData("--speed must be more than 0 and at most 1000, not 'fast'", "run", "x", "--speed", "fast")]
    [InlineData("'sideways' not recognized", "segment", "x", "--overlap", "sideways")]
    [InlineData("cannot read /no/such/file", "run", "/no/such/file")]
    [InlineData("is a directory", "segment", "/")]
    [InlineData("'docx' not recognized", "export", "x", "--to", "docx")]
    [InlineData("Option '--to' is required", "export", "x")]
    [InlineData("no-such-command", "no-such-command")]
    [InlineData("--lines must be a whole number from 1 to 10, not '0'", "export", "x", "--to", "srt", "--lines", "0")]
    [InlineData("--lines goes with subtitles", "export", "x", "--to", "csv", "--lines", "2")]
    [InlineData("--word-times goes with vtt", "export", "x", "--to", "srt", "--word-times", "true")]
    [InlineData("min-cue-sec is more than max-cue-sec", "export", "x", "--to", "srt", "--min-cue-sec", "8")]
    [InlineData("--formats must be of json, srt", "run", "x", "--formats", "srt,docx")]
    [InlineData("--bom goes with", "run", "x", "--formats", "json", "--bom", "true")]
    [InlineData("Try 'parley run --help'.", "run")]
    [InlineData("Try 'parley --help'.", "no-such-command")]
    [InlineData("Start here:")]
    [InlineData("parley: which command? For example: parley run FILE")]
    [InlineData("--prompts: There is no folder /no/such/folder.", "run", "x", "--prompts", "/no/such/folder")]
    public async Task Wrong_usage_exits_with_2_and_says_what_to_mend(string message, params string[] args)
    {
        var run = await CommandRun.Of(args);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_given_cannot_speak_to_the_terminal() =>
        Assert.DoesNotContain('\u001b', (await CommandRun.Of("run", "/no/such\u001b[31mfile")).Error);

    [Fact]
    public async Task A_folder_that_cannot_be_written_exits_with_2()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("taken"), "");
        var run = await CommandRun.WithInput("""{"start":0,"end":1,"text":"word"}""", "run", "-", "--out", folder.At("taken"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("cannot write to", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_that_the_run_would_write_over_is_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("events.jsonl"), "{}");

        var run = await CommandRun.Of("run", folder.At("events.jsonl"), "--out", folder.Path);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("{}", File.ReadAllText(folder.At("events.jsonl")));
    }

    [Fact]
    public async Task Segment_writes_the_events_of_the_contract()
    {
        var run = await CommandRun.WithInput(
            """
            {"start":0,"end":1.5,"text":"hello","speaker_id":"a"}
            {"start":1,"end":2,"text":"overlap","speaker_id":"b"}
            {"start":2,"end":3,"text":"there","speaker_id":"a"}
            {"start":9,"end":10,"text":"bye"}
            """,
            "segment", "-");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("{\"line\":2,\"error\":\"Chunk start 1 s is before 1.5 s, where the open segment ends.\"}\n", run.Error);
        Assert.Equal(
            """
            {"type":"partial_segment","segment":{"start":0,"end":1.5,"text":"hello","speaker_id":"a"}}
            {"type":"partial_segment","segment":{"start":0,"end":3,"text":"hello there","speaker_id":"a"}}
            {"type":"final_segment","segment":{"start":0,"end":3,"text":"hello there","speaker_id":"a"}}
            {"type":"partial_segment","segment":{"start":9,"end":10,"text":"bye","speaker_id":null}}
            {"type":"final_segment","segment":{"start":9,"end":10,"text":"bye","speaker_id":null}}

            """.ReplaceLineEndings("\n"),
            run.Output);
    }

    [Fact]
    public async Task Segment_numbers_events_and_marks_boundaries_on_request()
    {
        var run = await CommandRun.WithInput("""{"start":0,"end":1,"text":"hello"}""", "segment", "-", "--ids", "--boundaries", "--overlap", "lanes");
        var lines = run.Output.Split('\n');
        Assert.Contains("\"type\":\"chunk_boundary\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"segment_id\":\"seg-0\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"event_id\":3", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_turns_a_transcript_into_another_format()
    {
        using var folder = new TemporaryFolder();
        await CommandRun.WithInput("""{"start":0,"end":1,"text":"=1+1"}""", "run", "-", "--out", folder.Path);
        Assert.Equal("\ufeffid,start,end,speaker,text\r\n0,0,1,,'=1+1\r\n", await Exported("--to", "csv"));
        Assert.StartsWith("id,", await Exported("--to", "csv", "--bom", "false"), StringComparison.Ordinal);
        Assert.Equal(
            "1\r\n00:00:01,500 --> 00:00:02,500\r\n=1+1\r\n\r\n",
            await Exported("--to", "srt", "--offset-sec", "1.5", "--line-ends", "crlf"));
        Assert.Equal(0, (await CommandRun.Of("export", folder.At("transcript.json"), "--to", "vtt", "-o", folder.At("out.vtt"))).ExitCode);
        Assert.StartsWith("WEBVTT", File.ReadAllText(folder.At("out.vtt")), StringComparison.Ordinal);
        var broken = await CommandRun.WithInput("""{"segments":null}""", "export", "-", "--to", "srt");
        Assert.Equal((2, "parley: - is not a transcript: segments: a list is expected\n"), (broken.ExitCode, broken.Error));

        async Task<string> Exported(params string[] options) =>
            (await CommandRun.Of(["export", folder.At("transcript.json"), .. options])).Output;
    }

    [Fact]
    public async Task What_is_unusual_in_a_transcript_is_told_on_standard_error()
    {
        const string Json = """{"segments":[{"start":0,"end":1,"text":"ready"},{"id":"b","start":1,"end":2,"text":"what does it cost"}]}""";
        var run = await CommandRun.WithInput(Json, "annotate", "-", "--lexicon", "reference");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            """
            parley: warning: -: segments[0].id: missing; the lowest free number is added
            parley: warning: -: segments[1].id: not a whole number; it is kept, and the lowest free number stands for it

            """.ReplaceLineEndings("\n"), run.Error);
        Assert.Equal("b", JsonNode.Parse(run.Output)!["annotations"]!["semantic"]!["matches"]![0]!["segment_id"]!.GetValue<string>());

        var empty = await CommandRun.WithInput("{}", "export", "-", "--to", "srt");
        Assert.Equal((0, ""), (empty.ExitCode, empty.Output));
        Assert.Equal("parley: warning: -: segments: missing; the document is read as one without segments\n", empty.Error);
    }

    [Fact]
    public async Task Annotate_adds_what_segments_mean_and_leaves_the_rest()
    {
        const string document = """{"file":"a.wav","extra":1,"segments":[{"id":0,"start":0,"end":1,"text":"I will cancel my plan","mood":"calm"}]}""";
        var run = await CommandRun.WithInput(document, "annotate", "-");
        Assert.Equal(0, run.ExitCode);
        var json = JsonNode.Parse(run.Output)!;
        Assert.Equal(1, json["extra"]!.GetValue<int>());
        Assert.Equal("calm", json["segments"]![0]!["mood"]!.GetValue<string>());
        Assert.Equal("churn_risk", json["segments"]![0]!["annotations"]!["semantic"]!["risk_tags"]![0]!.GetValue<string>());

        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("own.json"), """{"risks":{"calm":[7]}}""");
        var broken = await CommandRun.WithInput(document, "annotate", "-", "--lexicon", folder.At("own.json"));
        Assert.Equal(2, broken.ExitCode);
        Assert.Contains("is not a lexicon: risks.calm[0]", broken.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _parley parley")]
    [InlineData("zsh", "compdef _parley parley")]
    [InlineData("fish", "complete -c parley")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task Completion_prints_a_script(string shell, string line) =>
        Assert.Contains(line, (await CommandRun.Of("completion", shell)).Output, StringComparison.Ordinal);
}
