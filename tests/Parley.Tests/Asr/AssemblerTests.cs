using Parley.Asr;
using static Parley.Tests.Asr.Messages;

namespace Parley.Tests.Asr;

/// <summary>What every format has to get right, format by format.</summary>
public sealed class AssemblerTests
{
    public static TheoryData<string, string[], string> InterimsAndAFinal => new()
    {
        { "parley", [Chunk(0, 1, "wood", final: false), Chunk(0, 2, "would you", final: false), Chunk(0, 3, "would you come", final: true)], "would you come" },
        { "deepgram", [Results(0, 1, "wood", false), Results(0, 2, "would you", false), Results(0, 3, "would you come", true)], "would you come" },
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
        { "parley", Chunk(0, 1, "yes", final: true, key: "1"), Chunk(0, 1, "yes", final: true, key: "2") },
        { "deepgram", Results(0, 1, "yes", true), Results(1, 2, "yes", true) },
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
            "deepgram",
            Words(0, (0.1, "I want"), (0.5, "to")),
            Words(1, (1.1, "cancel"), (1.5, "my")),
            Words(0, (0.1, "I want"), (0.5, "to"), (1.1, "cancel"), (1.5, "my"), (2.1, "plan")));

        Assert.Equal(["I want to", "cancel my", "plan"], heard.Texts);
        Assert.Equal(1, heard.Count(AsrAnomaly.Restated));
    }

    [Fact]
    public void Without_word_times_the_words_of_the_key_are_counted()
    {
        var heard = Heard.Of("parley", Chunk(0, 2, "I want to", final: true), Chunk(0, 3, "I want to cancel.", final: true));

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

    public static TheoryData<string, string> ChangesOfSpeaker => new()
    {
        { "deepgram", Words(0, (0.1, "shall we"), (1.1, "|yes")) },
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
        { "parley", [Chunk(0, 1, "", final: false), Chunk(0, 1, "", final: true)] },
        { "deepgram", [Results(0, 1, "", false), Results(0, 1, "", true)] },
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

    [Fact]
    public void Two_results_of_one_response_are_one_interim()
    {
        var heard = new Heard("google").Ingest("""{"results":[{"alternatives":[{"transcript":"to be"}],"stability":0.9,"resultEndOffset":"2.100s"},{"alternatives":[{"transcript":" or not"}],"stability":0.01,"resultEndOffset":"2.400s"}]}""");

        Assert.Equal(["to be or not"], heard.Tails);
    }

    public static TheoryData<string, string> WrongTimes => new()
    {
        { "parley", Chunk(3, 3, "so", final: true) },
        { "deepgram", Results(3, 3, "so", true) },
        { "deepgram", Results(3, 2, "so", true) },
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
        { "deepgram", Words(0, (0.1, "今天"), (0.5, "天气")), "今天天气" },
        { "google", """{"results":[{"alternatives":[{"transcript":"","words":[{"word":"สวัสดี","startTime":"0.1s","endTime":"0.5s","speakerTag":1},{"word":"ครับ","startTime":"0.6s","endTime":"0.9s","speakerTag":1}]}],"isFinal":true,"resultEndTime":"1s"}]}""", "สวัสดีครับ" },
        { "deepgram", Words(0, (0.1, "שלום"), (0.5, "עולם")), "שלום עולם" },
        { "assemblyai", """{"type":"Turn","turn_order":0,"turn_is_formatted":true,"end_of_turn":true,"transcript":"","words":[{"start":100,"end":400,"text":"こん"},{"start":500,"end":800,"text":"にちは"}]}""", "こんにちは" },
        { "vosk", """{"result":[{"start":0.1,"end":0.4,"word":"مرحبا"},{"start":0.5,"end":0.9,"word":"بكم"}],"text":"مرحبا بكم"}""", "مرحبا بكم" },
    };

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Words_are_joined_as_their_script_is_written(string format, string message, string text) =>
        Assert.Equal(text, Assert.Single(Heard.Of(format, message).Texts));
}
