using Parley.Asr;
using static Parley.Tests.Asr.Messages;

namespace Parley.Tests.Asr;

/// <summary>Order, connections that end and begin, and text that is still open.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public void Completions_come_in_the_order_of_their_audio_and_a_failed_one_holds_up_none()
    {
        var heard = new Heard("openai-realtime").Ingest(
            Committed("a", null), Committed("b", "a"), Committed("c", "b"), Completed("c", "three"), Completed("a", "one"));
        Assert.Equal(["one"], heard.Texts);

        heard.Ingest(Event("failed", "b", "\"error\":{\"code\":\"x\"}"));

        Assert.Equal(["one", "three"], heard.Texts);
    }

    [Fact]
    public void A_completion_that_never_comes_is_given_up_when_too_many_wait()
    {
        var items = Enumerable.Range(0, 6).Select(i => $"it{i}").ToList();
        var heard = new Heard("openai-realtime", new() { MaxWaiting = 4 })
            .Ingest(items.Select((item, i) => Committed(item, i == 0 ? null : items[i - 1])))
            .Ingest(Delta("it0", "half"))
            .Ingest(items.Skip(1).Select(item => Completed(item, item)));

        Assert.Equal(["half", "it1", "it2", "it3", "it4", "it5"], heard.Texts);
        Assert.Equal(AsrCommitReason.GaveWay, heard.Committed.First().Reason);
        Assert.Equal(1, heard.Count(AsrAnomaly.WaitEnded));

        // It comes after all: what it has more is said.
        heard.Ingest(Completed("it0", "half a loaf"));
        Assert.Equal("a loaf", heard.Texts[^1]);
    }

    [Fact]
    public void A_segment_that_is_used_again_and_has_no_times_is_said_at_times_that_are_numbers()
    {
        const string Untimed =
            """{"text":"one two three four","tokens":["a"],"timestamps":[],"segment":0,"start_time":0,"is_final":true}""";
        var heard = new Heard("sherpa-onnx").Ingest(Sherpa(0, "one two", true), Untimed).Close();

        Assert.All(heard.Committed, output => Assert.True(double.IsFinite(output.Chunk.Start) && output.Chunk.End >= output.Chunk.Start));
        Assert.Equal("one two three four", string.Join(' ', heard.Texts));
    }

    public static TheoryData<string, string[], string[]> TwoConnections => new()
    {
        { "deepgram", [Results(50, 52, "one", true, request: "a")], [Results(0, 1, "two", true, request: "b")] },
        { "deepgram-flux", [Turn("EndOfTurn", 9, "one", 50)], [Turn("EndOfTurn", 0, "two", request: "b")] },
        { "assemblyai", ["""{"type":"Begin","id":"a","expires_at":1}""", AaiTurn(9, "one", "one", true, true, 50)], ["""{"type":"Begin","id":"b","expires_at":1}""", AaiTurn(0, "two", "two", true, true)] },
        { "azure", [Phrase(50, 52, "one")], [Phrase(0, 1, "two")] },
        { "aws", [AwsResult("a", false, "one", 50)], [AwsResult("b", false, "two")] },
        { "google", [GoogleFinal(50, ""), GoogleFinal(52, "one")], [GoogleFinal(1, "two")] },
        { "vosk", [VoskFinal(50, "one")], [VoskFinal(0, "two")] },
        { "sherpa-onnx", [Sherpa(9, "one", true, 50)], [Sherpa(0, "two", true)] },
        { "whisperlive", [Window(("50.000", " one", true))], ["""{"uid":"c","message":"SERVER_READY"}""", Window(("0.000", " two", true))] },
        { "faster-whisper", [Segment(50, 52, " one")], [Segment(0, 1, " two")] },
        { "simulstreaming", [Piece(50, 52, " one")], [Piece(0, 1, " two")] },
        { "speechmatics", [Transcript(50, "one")], ["""{"message":"RecognitionStarted","id":"b"}""", Transcript(0, "two")] },
        { "soniox", [Token(50, " one")], [Token(0, " two")] },
        { "gladia", [GladiaUtterance("a", 9, 50, "one")], [GladiaUtterance("b", 0, 0, "two")] },
        { "elevenlabs", [Scribe(50, "one")], ["""{"message_type":"session_started","session_id":"b"}""", Scribe(0, "two")] },
        { "whisperlivekit", [Lines(50, "one")], ["""{"type":"config","useAudioWorklet":false}""", Lines(0, "two")] },
        { "whisperx", [Aligned(50, "one")], [Aligned(0, "two")] },
        { "aws-call-analytics", [CallUtterance("a", 50, "one")], [CallUtterance("b", 0, "two")] },
        { "watson", [WatsonResult(9, 50, "one")], [WatsonResult(0, 0, "two")] },
        { "riva", [RivaResult(50, "one")], [RivaResult(0, "two")] },
        { "funasr", [Sentence(50, "one")], [Sentence(0, "two")] },
        { "meai", [MeaiUpdate(50, "one")], ["""{"kind":"sessionopen","contents":[]}""", MeaiUpdate(0, "two")] },
        { "recall", [RecallWords("a", 50, "one")], [RecallWords("b", 0, "two")] },
        { "vexa", [VexaSegment("a", 50, "one")], [VexaSegment("b", 0, "two")] },
    };

    [Theory]
    [MemberData(nameof(TwoConnections))]
    public void A_clock_that_restarts_goes_on(string format, string[] first, string[] second)
    {
        var chunks = Heard.Of(format, [.. first, .. second]).Chunks();

        Assert.Equal(["one", "two"], chunks.Select(chunk => chunk.Text));
        Assert.True(chunks[1].Start >= chunks[0].End && chunks[1].Start >= 50, $"{chunks[1].Start} after {chunks[0].End}");
    }

    [Fact]
    public void A_new_connection_starts_where_its_sender_says()
    {
        var heard = new Heard("azure").Ingest(Phrase(1, 2, "one"));
        heard.Assembler.NewConnection(sentAudioSec: 7.5);

        Assert.Equal(8.5, heard.Ingest(Phrase(1, 2, "two")).Chunks()[^1].Start);
        Assert.Equal(["one", "two"], heard.Texts);
    }

    [Theory]
    [InlineData("azure")]
    [InlineData("assemblyai")]
    public void A_speaker_who_is_named_late_is_a_revision(string format)
    {
        string[] messages = format == "azure"
            ? [Phrase(0, 1, "yes", "Unknown"), Phrase(0, 1, "yes", "Guest-1")]
            : [AaiTurn(0, "yes", "yes", true, true, speaker: "UNKNOWN"), """{"type":"SpeakerRevision","revisions":[{"turn_order":0,"speaker_label":"Guest-1"}]}"""];
        var heard = Heard.Of(format, messages);

        Assert.Equal(["yes"], heard.Texts);
        var revision = Assert.Single(heard.Outputs, output => output.Kind == AsrOutputKind.SpeakerRevision);
        Assert.Equal(heard.Committed.Single().Key, revision.Key);
        Assert.Null(revision.FromSpeakerId);
        Assert.Equal("Guest-1", revision.Chunk.SpeakerId);
        // Text of the next key must not join the unknown speaker's segment.
        Assert.Contains(heard.Outputs, output => output.Kind == AsrOutputKind.EndOfTurn && output.Chunk.SpeakerId is null);
    }

    public static TheoryData<string, string[]> OpenText => new()
    {
        { "parley", [Chunk(0, 1, "and then", final: false)] },
        { "deepgram", [Results(0, 1, "and then", false)] },
        { "deepgram-flux", [Turn("Update", 0, "and then")] },
        { "assemblyai", [AaiTurn(0, "and", "and then", false, false)] },
        { "azure", [Hypothesis(0, 1, "and then")] },
        { "aws", [AwsResult("r", true, "and then")] },
        { "google", [GoogleInterim(1, "and", " then")] },
        { "vosk", ["""{"partial":"and"}""", """{"partial":"and then"}"""] },
        { "sherpa-onnx", [Sherpa(0, "and then", false)] },
        { "whisperlive", [Window(("0.000", " and then", false))] },
        { "openai-realtime", [Delta("it", "and"), Delta("it", " then")] },
        { "openai-realtime", ["""{"type":"response.output_audio_transcript.delta","item_id":"it","delta":"and then"}"""] },
        { "speechmatics", [Transcript(0, "and then", "AddPartialTranscript")] },
        { "soniox", [Token(0, " and then", isFinal: false)] },
        { "gladia", [GladiaUtterance("a", 0, 0, "and then", isFinal: false)] },
        { "elevenlabs", ["""{"message_type":"partial_transcript","text":"and then"}"""] },
        { "elevenlabs", ["""{"message_type":"committed_transcript","text":"and then"}"""] },
        { "whisperlivekit", ["""{"lines":[{"speaker":1,"text":" and","start":"0:00:00","end":"0:00:01"}],"buffer_transcription":" then"}"""] },
        { "aws-call-analytics", [CallUtterance("a", 0, "and then", isPartial: true)] },
        { "watson", ["""{"result_index":0,"results":[{"final":false,"alternatives":[{"transcript":"and then "}]}]}"""] },
        { "riva", ["""{"results":[{"alternatives":[{"transcript":"and"}],"audioProcessed":1},{"alternatives":[{"transcript":" then"}],"audioProcessed":1}]}"""] },
        { "funasr", ["""{"mode":"2pass-online","text":"and","is_final":false}""", """{"mode":"2pass-online","text":" then","is_final":false}"""] },
        { "meai", [MeaiUpdate(0, "and then", "textupdating")] },
        { "recall", [RecallWords("a", 0, "and then", "transcript.partial_data")] },
        { "vexa", ["""{"type":"transcript","speaker":"A","confirmed":[],"pending":[{"segment_id":"p","speaker":"A","text":"and then","start":0,"end":1}]}"""] },
    };

    [Theory]
    [MemberData(nameof(OpenText))]
    public void Open_text_is_committed_when_the_connection_closes(string format, string[] messages)
    {
        var heard = new Heard(format).Ingest(messages);
        Assert.Empty(heard.Texts);

        var committed = Assert.Single(heard.Close().Committed);
        Assert.Equal("and then", committed.Chunk.Text);
        Assert.Equal(AsrCommitReason.ConnectionClosed, committed.Reason);
    }

    public static TheoryData<string, string, string> LateFinals => new()
    {
        { "deepgram", Results(0, 1, "and then", false), Results(0, 2, "and then we left", true) },
        { "assemblyai", AaiTurn(0, "and", "and then", false, false), AaiTurn(0, "And then we left.", "And then we left.", true, true) },
        { "azure", Hypothesis(0, 1, "and then"), Phrase(0, 2, "And then we left.") },
        { "google", GoogleInterim(1, "and then"), GoogleFinal(2, "and then we left") },
        { "openai-realtime", Delta("it", "and then"), Completed("it", "And then we left.") },
    };

    [Theory]
    [MemberData(nameof(LateFinals))]
    public void A_final_that_comes_after_the_grace_adds_what_was_not_said(string format, string interim, string final)
    {
        var heard = new Heard(format).Ingest(interim).Close(AsrCommitReason.GraceEnded).Ingest(final);

        Assert.Equal("and then we left", Heard.Bare(string.Join(' ', heard.Texts)));
        Assert.Equal(2, heard.Texts.Length);
        Assert.Empty(heard.Anomalies);
    }

    [Fact]
    public void Done_ends_the_connection()
    {
        var heard = new Heard("sherpa-onnx").Ingest(Sherpa(0, "and then", false), "Done!");

        Assert.Equal(["and then"], heard.Texts);
        Assert.Equal(AsrOutputKind.EndOfConnection, heard.Outputs[^1].Kind);
        Assert.Empty(heard.Anomalies);
    }
}
