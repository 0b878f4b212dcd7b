using System.Text;
using Parley.Asr;

namespace Parley.Tests.Asr;

/// <summary>What every format has to get right, format by format.</summary>
public sealed class AssemblerTests
{
    private const string Deepgram = "deepgram";

    public static TheoryData<string, string[], string> InterimsAndAFinal => new()
    {
        { "parley", [Parley(0, 1, "wood", final: false), Parley(0, 2, "would you", final: false), Parley(0, 3, "would you come", final: true)], "would you come" },
        { Deepgram, [Results(0, 1, "wood", false), Results(0, 2, "would you", false), Results(0, 3, "would you come", true)], "would you come" },
        { "deepgram-flux", [Turn("Update", 0, "wood"), Turn("EagerEndOfTurn", 0, "would you"), Turn("TurnResumed", 0, "would you"), Turn("EndOfTurn", 0, "would you come")], "would you come" },
        { "assemblyai", [AaiTurn(0, "", "wood", false, false), AaiTurn(0, "would", "would you", false, false), AaiTurn(0, "would you come", "would you come", true, true)], "would you come" },
        { "azure", [Hypothesis(0, 1, "wood"), Hypothesis(0, 2, "would you"), Phrase(0, 3, "would you come")], "would you come" },
        { "aws", [AwsResult("r", true, "wood"), AwsResult("r", true, "would you"), AwsResult("r", false, "would you come")], "would you come" },
        { "google", [GoogleInterim(1, "wood"), GoogleInterim(2, "would", " you"), GoogleFinal(3, "would you come")], "would you come" },
        { "vosk", ["""{"partial":"wood"}""", """{"partial":"would you"}""", """{"text":"would you come"}"""], "would you come" },
        { "sherpa-onnx", [Sherpa(0, "wood", false), Sherpa(0, "would you", false), Sherpa(0, "would you come", true)], "would you come" },
        { "whisperlive", [Window(("0.000", " wood", false)), Window(("0.000", " would you", false)), Window(("0.000", " would you come", true))], "would you come" },
        { "openai-realtime", [Delta("it", "wood"), Delta("it", " you"), Completed("it", "would you come")], "would you come" },
    };

    [Theory]
    [MemberData(nameof(InterimsAndAFinal))]
    public void Interims_and_a_final_of_one_text_give_one_final(string format, string[] messages, string text)
    {
        var heard = new Heard(format).Ingest(messages);

        Assert.Equal([text], heard.Texts);
        Assert.Equal("wood", heard.Tails[0]);
        Assert.Equal("", heard.Tails[^1]);
        Assert.Empty(heard.Close().Texts.Skip(1));
    }

    public static TheoryData<string, string, string> TwoThatSayYes => new()
    {
        { "parley", Parley(0, 1, "yes", final: true, key: "1"), Parley(0, 1, "yes", final: true, key: "2") },
        { Deepgram, Results(0, 1, "yes", true), Results(1, 2, "yes", true) },
        { "deepgram-flux", Turn("EndOfTurn", 0, "yes"), Turn("EndOfTurn", 1, "yes") },
        { "assemblyai", AaiTurn(0, "yes", "yes", true, true), AaiTurn(1, "yes", "yes", true, true) },
        { "azure", Phrase(0, 1, "yes"), Phrase(1, 2, "yes") },
        { "aws", AwsResult("a", false, "yes"), AwsResult("b", false, "yes") },
        { "google", GoogleFinal(1, "yes"), GoogleFinal(2, "yes") },
        { "vosk", VoskFinal(0, "yes"), VoskFinal(1, "yes") },
        { "sherpa-onnx", Sherpa(0, "yes", true), Sherpa(1, "yes", true) },
        { "whisperlive", Window(("0.000", " yes", true)), Window(("0.000", " yes", true), ("1.000", " yes", true)) },
        { "openai-realtime", Completed("a", "yes"), Completed("b", "yes") },
        { "faster-whisper", Segment(0, 1, " yes"), Segment(1, 2, " yes") },
        { "simulstreaming", Piece(0, 1, " yes"), Piece(1, 2, " yes") },
    };

    [Theory]
    [MemberData(nameof(TwoThatSayYes))]
    public void A_repeat_is_dropped_and_the_same_text_of_another_key_is_kept(string format, string first, string second)
    {
        var heard = Heard.Of(format, first, first, second, second);

        Assert.Equal(["yes", "yes"], heard.Texts);
        if (format != "whisperlive") Assert.Equal(2, heard.Count(AsrAnomaly.Repeated));
    }

    [Fact]
    public void Of_a_final_that_restates_others_only_the_rest_is_said()
    {
        var heard = Heard.Of(
            Deepgram,
            Words(0, (0.1, "I want"), (0.5, "to")),
            Words(1, (1.1, "cancel"), (1.5, "my")),
            Words(0, (0.1, "I want"), (0.5, "to"), (1.1, "cancel"), (1.5, "my"), (2.1, "plan")));

        Assert.Equal(["I want to", "cancel my", "plan"], heard.Texts);
        Assert.Equal(1, heard.Count(AsrAnomaly.Restated));
    }

    [Fact]
    public void Without_word_times_the_words_of_the_key_are_counted()
    {
        var heard = Heard.Of("parley", Parley(0, 2, "I want to", final: true), Parley(0, 3, "I want to cancel.", final: true));

        Assert.Equal(["I want to", "cancel."], heard.Texts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_turn_that_ends_plain_and_then_formatted_gives_one_final(bool isFormatted)
    {
        var messages = new List<string> { AaiTurn(0, "i would", "i would", true, false) };
        if (isFormatted) messages.Add(AaiTurn(0, "I would.", "I would.", true, true));
        messages.Add(AaiTurn(1, "", "so", false, false));
        var heard = new Heard("assemblyai").Ingest(messages);

        Assert.Equal([isFormatted ? "I would." : "i would"], heard.Texts);
        Assert.Contains(heard.Outputs, output => output.Kind == AsrOutputKind.EndOfTurn);
    }

    [Fact]
    public void Without_formatting_the_second_turn_ends_at_once()
    {
        var heard = new Heard("assemblyai").Ingest(AaiTurn(0, "yes", "yes", true, false), AaiTurn(1, "", "n", false, false), AaiTurn(1, "no", "no", true, false));

        Assert.Equal(["yes", "no"], heard.Texts);
    }

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

    public static TheoryData<string, string[], string[]> TwoConnections => new()
    {
        { Deepgram, [Results(50, 52, "one", true, request: "a")], [Results(0, 1, "two", true, request: "b")] },
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

    public static TheoryData<string, string> ChangesOfSpeaker => new()
    {
        { Deepgram, Words(0, (0.1, "shall we"), (1.1, "|yes")) },
        { "assemblyai", """{"type":"Turn","turn_order":0,"turn_is_formatted":true,"end_of_turn":true,"transcript":"shall we yes","words":[{"start":100,"end":900,"text":"shall we","speaker":"A"},{"start":1100,"end":1400,"text":"yes","speaker":"B"}]}""" },
        { "aws", """{"Transcript":{"Results":[{"ResultId":"r","StartTime":0.1,"EndTime":1.4,"IsPartial":false,"Alternatives":[{"Transcript":"shall we yes","Items":[{"Content":"shall we","StartTime":0.1,"EndTime":0.9,"Type":"pronunciation","Speaker":"0"},{"Content":"yes","StartTime":1.1,"EndTime":1.4,"Type":"pronunciation","Speaker":"1"}]}]}]}}""" },
        { "google", """{"results":[{"alternatives":[{"transcript":"shall we yes","words":[{"word":"shall we","startTime":"0.1s","endTime":"0.9s","speakerTag":1},{"word":"yes","startTime":"1.1s","endTime":"1.4s","speakerTag":2}]}],"isFinal":true,"resultEndTime":{"seconds":1,"nanos":400000000}}]}""" },
        { "openai-realtime", """{"type":"conversation.item.input_audio_transcription.segment","item_id":"it","id":"s1","text":" shall we","speaker":"A","start":0.1,"end":0.9}""" + "\n" + """{"type":"conversation.item.input_audio_transcription.segment","item_id":"it","id":"s2","text":" yes","speaker":"B","start":1.1,"end":1.4}""" + "\n" + Completed("it", "shall we yes") },
    };

    [Theory]
    [MemberData(nameof(ChangesOfSpeaker))]
    public void A_change_of_speaker_within_a_message_gives_two_chunks(string format, string messages)
    {
        var chunks = Heard.Of(format, messages.Split('\n')).Committed.ToList();

        Assert.Equal(["shall we", "yes"], chunks.Select(chunk => chunk.Chunk.Text));
        Assert.Equal(2, chunks.Select(chunk => chunk.Chunk.SpeakerId).Distinct().Count());
        Assert.Equal([0.1, 1.1], chunks.Select(chunk => chunk.Chunk.Start));
        Assert.Equal(chunks[0].Key + "#1", chunks[1].Key);
    }

    public static TheoryData<string, string[]> Silence => new()
    {
        { "parley", [Parley(0, 1, "", final: false), Parley(0, 1, "", final: true)] },
        { Deepgram, [Results(0, 1, "", false), Results(0, 1, "", true)] },
        { "deepgram-flux", [Turn("StartOfTurn", 0, ""), Turn("EndOfTurn", 0, "")] },
        { "assemblyai", [AaiTurn(0, "", "", false, false), AaiTurn(0, "", "", true, true)] },
        { "azure", [Hypothesis(0, 1, ""), Phrase(0, 1, ""), """{"RecognitionStatus":"NoMatch","Offset":1,"Duration":2}"""] },
        { "aws", [AwsResult("r", true, ""), AwsResult("r", false, ""), """{"Transcript":{"Results":[]}}"""] },
        { "google", ["""{"results":[]}""", GoogleInterim(1, ""), GoogleFinal(1, "")] },
        { "vosk", ["""{"partial":""}""", """{"text":""}"""] },
        { "sherpa-onnx", [Sherpa(0, "", false), Sherpa(0, "", true)] },
        { "whisperlive", ["""{"uid":"c","segments":[]}""", Window(("0.000", "", true))] },
        { "openai-realtime", [Delta("it", ""), Completed("it", "")] },
        { "faster-whisper", [Segment(0, 1, "")] },
        { "simulstreaming", [Piece(0, 1, ""), """{"is_final":true,"emission_time":1.2}"""] },
    };

    [Theory]
    [MemberData(nameof(Silence))]
    public void Empty_text_is_nothing(string format, string[] messages) => Assert.Empty(Heard.Of(format, messages).Outputs);

    public static TheoryData<string, string[]> OpenText => new()
    {
        { "parley", [Parley(0, 1, "and then", final: false)] },
        { Deepgram, [Results(0, 1, "and then", false)] },
        { "deepgram-flux", [Turn("Update", 0, "and then")] },
        { "assemblyai", [AaiTurn(0, "and", "and then", false, false)] },
        { "azure", [Hypothesis(0, 1, "and then")] },
        { "aws", [AwsResult("r", true, "and then")] },
        { "google", [GoogleInterim(1, "and", " then")] },
        { "vosk", ["""{"partial":"and"}""", """{"partial":"and then"}"""] },
        { "sherpa-onnx", [Sherpa(0, "and then", false)] },
        { "whisperlive", [Window(("0.000", " and then", false))] },
        { "openai-realtime", [Delta("it", "and"), Delta("it", " then")] },
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
        { Deepgram, Results(0, 1, "and then", false), Results(0, 2, "and then we left", true) },
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
    public void Two_results_of_one_response_are_one_interim()
    {
        var heard = new Heard("google").Ingest("""{"results":[{"alternatives":[{"transcript":"to be"}],"stability":0.9,"resultEndOffset":"2.100s"},{"alternatives":[{"transcript":" or not"}],"stability":0.01,"resultEndOffset":"2.400s"}]}""");

        Assert.Equal(["to be or not"], heard.Tails);
    }

    [Fact]
    public void Done_ends_the_connection()
    {
        var heard = new Heard("sherpa-onnx").Ingest(Sherpa(0, "and then", false), "Done!");

        Assert.Equal(["and then"], heard.Texts);
        Assert.Equal(AsrOutputKind.EndOfConnection, heard.Outputs[^1].Kind);
        Assert.Empty(heard.Anomalies);
    }

    public static TheoryData<string, string> WrongTimes => new()
    {
        { "parley", Parley(3, 3, "so", final: true) },
        { "parley", Parley(3, 2, "so", final: true) },
        { Deepgram, Results(3, 3, "so", true) },
        { Deepgram, Results(3, 2, "so", true) },
        { "deepgram-flux", """{"type":"TurnInfo","event":"EndOfTurn","turn_index":0,"audio_window_start":3,"audio_window_end":2,"transcript":"so"}""" },
        { "assemblyai", """{"type":"Turn","turn_order":0,"turn_is_formatted":true,"end_of_turn":true,"transcript":"so","words":[{"start":3000,"end":2000,"text":"so"}]}""" },
        { "azure", Phrase(3, 2, "so") },
        { "aws", """{"Transcript":{"Results":[{"ResultId":"r","StartTime":3,"EndTime":2,"IsPartial":false,"Alternatives":[{"Transcript":"so","Items":[]}]}]}}""" },
        { "google", """{"results":[{"alternatives":[{"transcript":"so","words":[{"word":"so","startOffset":"3s","endOffset":"2s"}]}],"isFinal":true,"resultEndOffset":"3s"}]}""" },
        { "vosk", """{"result":[{"start":3,"end":2,"word":"so"}],"text":"so"}""" },
        { "sherpa-onnx", """{"text":"so","tokens":["so","o"],"timestamps":[3,2],"segment":0,"start_time":0,"is_final":true}""" },
        { "whisperlive", """{"uid":"c","segments":[{"start":"3.000","end":"2.000","text":" so","completed":true}]}""" },
        { "faster-whisper", Segment(3, 2, " so") },
        { "simulstreaming", Piece(3, 2, " so") },
    };

    [Theory]
    [MemberData(nameof(WrongTimes))]
    public void Text_of_no_length_is_repaired_and_counted(string format, string message)
    {
        var heard = Heard.Of(format, message);

        Assert.Equal(3, Assert.Single(heard.Chunks()).Start);
        Assert.True(heard.Chunks()[0].End >= 3);
        Assert.Equal(1, heard.Count(AsrAnomaly.TimesRepaired));
    }

    public static TheoryData<string, string, string> Scripts => new()
    {
        { Deepgram, Words(0, (0.1, "今天"), (0.5, "天气")), "今天天气" },
        { "google", """{"results":[{"alternatives":[{"transcript":"","words":[{"word":"สวัสดี","startTime":"0.1s","endTime":"0.5s","speakerTag":1},{"word":"ครับ","startTime":"0.6s","endTime":"0.9s","speakerTag":1}]}],"isFinal":true,"resultEndTime":"1s"}]}""", "สวัสดีครับ" },
        { Deepgram, Words(0, (0.1, "שלום"), (0.5, "עולם")), "שלום עולם" },
        { "assemblyai", """{"type":"Turn","turn_order":0,"turn_is_formatted":true,"end_of_turn":true,"transcript":"","words":[{"start":100,"end":400,"text":"こん"},{"start":500,"end":800,"text":"にちは"}]}""", "こんにちは" },
        { "vosk", """{"result":[{"start":0.1,"end":0.4,"word":"مرحبا"},{"start":0.5,"end":0.9,"word":"بكم"}],"text":"مرحبا بكم"}""", "مرحبا بكم" },
    };

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Words_are_joined_as_their_script_is_written(string format, string message, string text) =>
        Assert.Equal(text, Assert.Single(Heard.Of(format, message).Texts));

    [Fact]
    public void Pieces_that_continue_a_word_join_it_and_Chinese_ones_do_not_wait()
    {
        var heard = Heard.Of("simulstreaming", Piece(0, 1, " any"), Piece(1, 2, "more?"), Piece(2, 3, " No."), """{"is_final":true,"emission_time":3.5}""", Piece(4, 5, "今天"), Piece(5, 6, "好"));

        Assert.Equal(["anymore?", "No.", "今天", "好"], heard.Texts);
        Assert.Equal(2, heard.Chunks()[0].End);
    }

    [Fact]
    public void The_text_lines_of_whisper_streaming_are_read()
    {
        var heard = Heard.Of("simulstreaming", "2691.4399 300 1380 Chairman, thank you.", "6914.5501 1940 4940 If the debate today had a", "");

        Assert.Equal(["Chairman, thank you.", "If the debate today had a"], heard.Texts);
        Assert.Equal(0.3, heard.Chunks()[0].Start);
        Assert.Empty(heard.Anomalies);
    }

    [Fact]
    public void Calls_of_Azure_Communication_Services_are_read()
    {
        var heard = Heard.Of("azure", """{"text":"hel","format":"display","offsetInTicks":10000000,"durationInTicks":5000000,"participant":{"rawId":"8:acs:1"},"resultState":"Intermediate"}""", """{"text":"Hello.","format":"display","offsetInTicks":10000000,"durationInTicks":9000000,"participant":{"rawId":"8:acs:1"},"resultState":"Final"}""");

        var chunk = Assert.Single(heard.Chunks());
        Assert.Equal(("Hello.", "8:acs:1", 1.0, 1.9), (chunk.Text, chunk.SpeakerId, chunk.Start, chunk.End));
    }

    [Fact]
    public void Control_characters_and_broken_letters_of_sherpa_are_mended()
    {
        var message = Encoding.UTF8.GetBytes("{\"text\":\"so\twhat?\",\"tokens\":[\"?\"],\"timestamps\":[0.1],\"segment\":0,\"start_time\":0,\"is_final\":true}");
        message[Array.IndexOf(message, (byte)'?')] = 0xFF;

        var heard = new Heard("sherpa-onnx").Ingest(message);

        Assert.Equal(["so what\uFFFD"], heard.Texts);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"type\":7}")]
    [InlineData("{\"type\":\"Results\",\"channel\":7}")]
    [InlineData("{\"type\":\"Turn\",\"turn_order\":1e99}")]
    [InlineData("{\"start\":1e999,\"end\":2,\"text\":\"a\",\"result\":[1]}")]
    [InlineData("{\"start\":\"\\ud800\",\"end\":2,\"text\":\"\\ud800\",\"segments\":[1],\"results\":[1],\"partial\":\"\\ud800\"}")]
    [InlineData("1 2 3")]
    public void What_no_format_can_read_stops_none(string message)
    {
        foreach (var format in AsrFormats.Default.All)
        {
            var heard = new Heard(format.Name).Ingest(message);

            Assert.Empty(heard.Texts);
            Assert.Single(heard.Anomalies);
            AsrFormats.Default.Detect(Encoding.UTF8.GetBytes(message));
        }
    }

    [Fact]
    public void What_is_reported_never_quotes_what_people_said()
    {
        foreach (var format in AsrFormats.Default.All)
        {
            var sample = format.SampleMessage;
            for (var cut = 1; cut < sample.Length; cut += 7)
            {
                var heard = new Heard(format.Name).Ingest(sample[..cut], sample.Replace("\"start", "\"star", StringComparison.Ordinal));
                Assert.DoesNotContain(heard.Outputs, output => output.Detail?.Contains("plan", StringComparison.OrdinalIgnoreCase) == true);
            }
        }
    }

    private static string Parley(double start, double end, string text, bool final, string key = "k") =>
        $$"""{"start":{{start}},"end":{{end}},"text":"{{text}}","is_final":{{Flag(final)}},"key":"{{key}}"}""";

    private static string Results(double start, double end, string text, bool final, string request = "r") =>
        $$$"""{"type":"Results","channel_index":[0,1],"start":{{{start}}},"duration":{{{end - start}}},"is_final":{{{Flag(final)}}},"channel":{"alternatives":[{"transcript":"{{{text}}}","words":[]}]},"metadata":{"request_id":"{{{request}}}"}}""";

    // A bar in front of a word gives it to the second speaker.
    private static string Words(double start, params (double At, string Text)[] words) =>
        $$$"""{"type":"Results","start":{{{start}}},"duration":{{{words[^1].At + 0.4 - start}}},"is_final":true,"channel":{"alternatives":[{"transcript":"","words":[{{{string.Join(',', words.Select(Word))}}}]}]}}""";

    private static string Word((double At, string Text) word) =>
        $$"""{"word":"{{word.Text.TrimStart('|')}}","start":{{word.At}},"end":{{word.At + 0.3}},"speaker":{{(word.Text[0] == '|' ? 1 : 0)}}}""";

    private static string Turn(string happened, int turn, string text, double start = 0, string request = "a") =>
        $$"""{"type":"TurnInfo","request_id":"{{request}}","event":"{{happened}}","turn_index":{{turn}},"audio_window_start":{{start}},"audio_window_end":{{start + 1}},"transcript":"{{text}}"}""";

    private static string AaiTurn(int turn, string transcript, string words, bool ends, bool formatted, double start = 0, string speaker = "A") =>
        $$"""{"type":"Turn","turn_order":{{turn}},"turn_is_formatted":{{Flag(formatted)}},"end_of_turn":{{Flag(ends)}},"transcript":"{{transcript}}","words":[{{string.Join(',', words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((word, i) => $$"""{"start":{{((start + turn) * 1000) + (i * 100)}},"end":{{((start + turn) * 1000) + (i * 100) + 90}},"text":"{{word}}"}"""))}}],"speaker_label":"{{speaker}}"}""";

    private static string Hypothesis(double start, double end, string text) =>
        $$"""{"Text":"{{text}}","Offset":{{start * 1e7:0}},"Duration":{{(end - start) * 1e7:0}}}""";

    private static string Phrase(double start, double end, string text, string speaker = "") =>
        $$"""{"RecognitionStatus":"Success","Offset":{{start * 1e7:0}},"Duration":{{(end - start) * 1e7:0}},"DisplayText":"{{text}}","SpeakerId":"{{speaker}}"}""";

    private static string AwsResult(string id, bool partial, string text, double start = 0) =>
        $$$"""{"Transcript":{"Results":[{"ResultId":"{{{id}}}","StartTime":{{{start}}},"EndTime":{{{start + 1}}},"IsPartial":{{{Flag(partial)}}},"Alternatives":[{"Transcript":"{{{text}}}","Items":[]}]}]}}""";

    private static string GoogleInterim(double end, params string[] texts) =>
        $$"""{"results":[{{string.Join(',', texts.Select(text => $$"""{"alternatives":[{"transcript":"{{text}}"}],"resultEndOffset":"{{end}}s"}"""))}}]}""";

    private static string GoogleFinal(double end, string text) =>
        $$"""{"results":[{"alternatives":[{"transcript":"{{text}}"}],"isFinal":true,"resultEndOffset":"{{end}}s"}]}""";

    private static string VoskFinal(double start, string word) =>
        $$"""{"result":[{"start":{{start}},"end":{{start + 1}},"word":"{{word}}"}],"text":"{{word}}"}""";

    private static string Sherpa(int segment, string text, bool final, double start = 0) =>
        $$"""{"text":"{{text}}","tokens":["a"],"timestamps":[{{segment}}],"segment":{{segment}},"start_time":{{start}},"is_final":{{Flag(final)}}}""";

    private static string Window(params (string Start, string Text, bool Completed)[] segments) =>
        $$"""{"uid":"c","segments":[{{string.Join(',', segments.Select(segment => $$"""{"start":"{{segment.Start}}","end":"{{segment.Start[..^1]}}9","text":"{{segment.Text}}","completed":{{Flag(segment.Completed)}}}"""))}}]}""";

    private static string Segment(double start, double end, string text) =>
        $$"""{"id":1,"start":{{start}},"end":{{end}},"text":"{{text}}","avg_logprob":-0.2}""";

    private static string Piece(double start, double end, string text) =>
        $$"""{"start":{{start}},"end":{{end}},"text":"{{text}}","is_final":false,"emission_time":9}""";

    private static string Event(string name, string item, string fields) =>
        $$"""{"type":"conversation.item.input_audio_transcription.{{name}}","item_id":"{{item}}","content_index":0,{{fields}}}""";

    private static string Delta(string item, string text) => Event("delta", item, $"\"delta\":\"{text}\"");

    private static string Completed(string item, string text) => Event("completed", item, $"\"transcript\":\"{text}\"");

    private static string Committed(string item, string? previous) =>
        $$"""{"type":"input_audio_buffer.committed","item_id":"{{item}}","previous_item_id":{{(previous is null ? "null" : $"\"{previous}\"")}}}""";

    private static string Flag(bool value) => value ? "true" : "false";
}
