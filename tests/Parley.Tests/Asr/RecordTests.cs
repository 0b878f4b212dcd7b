using System.Text;
using Parley.Asr;
using Parley.Protocol;
using static Parley.Tests.Asr.Messages;

namespace Parley.Tests.Asr;

/// <summary>Text that is not said is recorded with its words, times and reason; text that nothing can decide is said and counted.</summary>
public sealed class RecordTests
{
    [Fact]
    public void A_repeat_is_recorded_with_its_text_and_times()
    {
        var heard = Heard.Of("deepgram", Words(0, (0.1, "I want"), (0.5, "to")), Words(0, (0.1, "I want"), (0.5, "to"), (1.1, "cancel")));

        var record = Assert.Single(heard.Outputs, output => output.Kind == AsrOutputKind.Anomaly);
        Assert.Equal((AsrAnomaly.Restated, "I want to", 0.1), (record.Anomaly, record.Chunk.Text, record.Chunk.Start));
        Assert.True(record.Anomaly.LeavesOut());
    }

    [Fact]
    public void A_word_between_two_that_match_is_a_revision()
    {
        var heard = Heard.Of(
            "deepgram",
            Words(0, (0.1, "please"), (0.5, "cancel"), (0.9, "my"), (1.3, "plan")),
            Words(0, (0.1, "please"), (0.5, "council"), (0.9, "my"), (1.3, "plan")));

        Assert.Equal(["please cancel my plan"], heard.Texts);
        var revised = Assert.Single(heard.Outputs, output => output is { Kind: AsrOutputKind.Anomaly, Anomaly: AsrAnomaly.Revised });
        Assert.Equal("council", revised.Chunk.Text);
    }

    [Fact]
    public void Without_key_and_times_text_that_comes_again_is_said_and_counted()
    {
        var heard = Heard.Of("vosk", """{"text":"see you"}""", """{"text":"see you"}""");

        Assert.Equal(["see you", "see you"], heard.Texts);
        Assert.Equal("see you", Assert.Single(heard.Outputs, output => output.Kind == AsrOutputKind.Anomaly).Chunk.Text);
        Assert.Equal(1, heard.Count(AsrAnomaly.PossibleRepeat));
    }

    public static TheoryData<string, string[]> Withdrawals => new()
    {
        { "deepgram", [Results(0, 1, "hm", false), Results(0, 1, "", true)] },
        { "azure", [Hypothesis(0, 1, "hm"), Phrase(0, 1, "")] },
        { "aws", [AwsResult("r", true, "hm"), AwsResult("r", false, "")] },
        { "vosk", ["""{"partial":"hm"}""", """{"text":""}"""] },
        { "openai-realtime", [Delta("it", "hm"), Event("failed", "it", "\"error\":{\"code\":\"x\"}")] },
        { "whisperlive", [Window(("0.000", " hm", false)), """{"uid":"c","segments":[]}"""] },
    };

    [Theory]
    [MemberData(nameof(Withdrawals))]
    public void What_was_shown_and_is_taken_back_is_counted_or_committed(string format, string[] messages)
    {
        var heard = Heard.Of(format, messages);
        var record = Assert.Single(heard.Outputs, output => output is { Kind: AsrOutputKind.Anomaly, Anomaly: AsrAnomaly.Withdrawn });
        Assert.Equal("hm", record.Chunk.Text);
        Assert.Empty(heard.Texts);
        Assert.Equal("", heard.Tails[^1]);

        var committing = new Heard(format, new() { CommitsWithdrawn = true }).Ingest(messages);
        Assert.Equal(("hm", AsrCommitReason.Withdrawn), committing.Committed.Select(output => (output.Chunk.Text, output.Reason)).Single());
    }

    [Fact]
    public void Words_keep_what_they_came_with()
    {
        var said = Heard.Of("deepgram", AsrFormats.Default.Get("deepgram").SampleMessage).Committed.Single().Chunk.Details!;

        Assert.Equal(0.99, said.Confidence);
        Assert.Equal(new TimedWord("plan.", 5.08, 5.4, 0.99), said.Words![^1]);
        Assert.Null(Heard.Of("parley", Chunk(0, 1, "so", final: true)).Committed.Single().Chunk.Details);
    }

    [Fact]
    public void Words_that_are_not_said_again_are_not_told_again()
    {
        (double, string)[] words = [(0.1, "so"), (0.5, "it"), (0.9, "is")];

        var heard = Heard.Of("deepgram", Words(0, words), Words(0, [.. words, (1.3, "done"), (1.7, "then")]));

        var said = heard.Committed.SelectMany(output => output.Chunk.Details!.Words!);
        Assert.Equal(["so", "it", "is", "done", "then"], said.Select(word => word.Text));
    }

    [Fact]
    public void Our_own_lines_keep_their_words_whatever_of_them_was_said_before()
    {
        const string Line =
            """
            {"start":0,"end":1,"text":"So, it","key":"7","is_final":FINAL,"confidence":0.9,"language":"en_US",
             "words":[{"text":"so","start":0,"end":0.4},{"text":"uh","start":0.4,"end":0.5},{"text":"it","start":0.5,"end":1}]}
            """;
        var interim = Line.Replace("FINAL", "false", StringComparison.Ordinal);
        var final = Line.Replace("FINAL", "true", StringComparison.Ordinal);
        var heard = new Heard("parley").Ingest(interim, final);

        Assert.Equal(
            new SpeechDetails([new("so", 0, 0.4), new("it", 0.5, 1)], 0.9, "en-US"), heard.Committed.Single().Chunk.Details);
        Assert.Equal([AsrAnomaly.Malformed], Heard.Of("parley", """{"start":0,"end":1,"text":"so","words":[{"text":"so"}]}""").Anomalies);
    }

    [Fact]
    public void After_a_restart_words_are_known_from_the_stored_text_and_what_was_taken_out_is_any_words()
    {
        (double, string)[] words = [(0.1, "my"), (0.5, "number"), (0.9, "is"), (1.3, "four"), (1.7, "two"), (2.1, "right")];
        var before = Heard.Of("deepgram", Words(0, words));
        var stored = before.Committed.Select(output => output with { Chunk = output.Chunk with { Text = "my number is [phone] right" } });
        var after = new HypothesisAssembler(AsrFormats.Default.Get("deepgram"));
        after.Resume(0, 0, stored);

        var outputs = after.Ingest(Encoding.UTF8.GetBytes(Words(0, [.. words, (2.6, "yes")]))).ToArray();

        Assert.Equal("yes", outputs.Single(output => output.Kind == AsrOutputKind.Committed).Chunk.Text);
    }

    [Theory]
    [InlineData("speechmatics", """{"message":"AddTranscript","metadata":{"start_time":0,"end_time":2,"transcript":"so"},"results":[{"type":"word","alternatives":[{"content":"so"}]}]}""")]
    [InlineData("watson", """{"result_index":0,"results":[{"final":true,"alternatives":[{"transcript":"good ","timestamps":[["good",0.1,0.4]]}]}]}""")]
    [InlineData("riva", """{"results":[{"alternatives":[{"transcript":"good","words":[{"startTime":120,"endTime":400,"word":"good"}]}],"isFinal":true,"channelTag":1,"audioProcessed":1.2}]}""")]
    [InlineData("gladia", """{"type":"transcript","data":{"is_final":true,"utterance":{"text":"Hello.","start":0.1,"end":0.9}}}""")]
    [InlineData("elevenlabs", """{"message_type":"committed_transcript","text":"Hello."}""")]
    [InlineData("funasr", """{"mode":"2pass-online","text":"so","is_final":false}""")]
    [InlineData(null, """{"start":1,"end":2,"text":"so","tokens":[1],"id":3}""")]
    [InlineData(null, """{"text":"so"}""")]
    [InlineData(null, """{"type":"transcript","text":"so"}""")]
    [InlineData(null, """{"tokens":[],"text":"so"}""")]
    [InlineData("deepgram", """{"type":"UtteranceEnd","last_word_end":1,"words":"none","results":7,"kind":7,"event":7}""")]
    public void No_format_takes_the_message_of_another_for_its_own(string? format, string message) =>
        Assert.Equal(format, AsrFormats.Default.Detect(Encoding.UTF8.GetBytes(message))?.Format.Name);
}
