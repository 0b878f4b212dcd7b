using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Tests.Asr.Simulation;
using static Parley.Tests.Asr.Messages;

namespace Parley.Tests.Asr;

/// <summary>What one vendor alone sends, and how it is told from the others.</summary>
public sealed class VendorTests
{
    public static TheoryData<string> Names => DialectTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void No_message_of_a_sample_is_taken_for_one_of_another_format(string name)
    {
        var dialect = Dialect.All.Single(dialect => dialect.Name == name);
        foreach (var message in dialect.Speak(Conversation.Shared))
        {
            var told = AsrFormats.Default.Detect(Encoding.UTF8.GetBytes(message))?.Format.Name;
            Assert.True(told is null || told == dialect.Format, $"{told}: {message}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_format_reads_no_text_from_a_sample_without_saying_that_something_is_wrong(string name)
    {
        var dialect = Dialect.All.Single(dialect => dialect.Name == name);
        var messages = dialect.Speak(Conversation.Shared);
        foreach (var other in AsrFormats.Default.All.Where(format => format.Name != dialect.Format && !IsRelated(format.Name, dialect.Format)))
        {
            var heard = Heard.Of(other.Name, messages);
            Assert.True(heard.Texts.Length == 0 || heard.Anomalies.Any(), $"{other.Name} reads {name}: {string.Join(' ', heard.Texts)}");
        }
    }

    [Fact]
    public void A_word_of_Soniox_that_comes_in_two_messages_has_one_time_and_the_lower_confidence()
    {
        var heard = Heard.Of("soniox", Token(" Hel", 100, 200, 0.9), Token("lo", 200, 320, 0.7), Token(" there", 400, 600, 0.8));

        Assert.Equal(["Hello", "there"], heard.Texts);
        var word = Assert.Single(heard.Chunks()[0].Details!.Words!);
        Assert.Equal(("Hello", 0.1, 0.32, 0.7), (word.Text, word.Start, word.End, word.Confidence));
        Assert.Equal("en", heard.Chunks()[0].Details!.Language);
    }

    [Fact]
    public void A_translation_of_Soniox_was_not_said()
    {
        var heard = Heard.Of("soniox", """{"tokens":[{"text":"Guten","start_ms":0,"end_ms":300,"is_final":true,"translation_status":"original"},{"text":"Good","is_final":true,"translation_status":"translation"}],"total_audio_proc_ms":300}""");

        Assert.Equal(["Guten"], heard.Texts);
        Assert.Empty(heard.Anomalies);
    }

    [Fact]
    public void What_ElevenLabs_commits_without_times_is_said_when_the_next_text_comes_without_them()
    {
        var heard = new Heard("elevenlabs").Ingest("""{"message_type":"committed_transcript","text":"Hello there."}""");
        Assert.Empty(heard.Texts);

        heard.Ingest("""{"message_type":"partial_transcript","text":"How"}""", """{"message_type":"committed_transcript","text":"How are you?"}""");

        Assert.Equal(["Hello there.", "How are you?"], heard.Texts);
        Assert.Empty(heard.Anomalies);
    }

    [Fact]
    public void What_ElevenLabs_commits_is_said_where_its_words_never_come_and_once_where_they_come_late()
    {
        var heard = new Heard("elevenlabs").Ingest(
            """{"message_type":"committed_transcript","text":"Hello there."}""",
            """{"message_type":"session_started","session_id":"s","config":{"include_timestamps":true}}""",
            """{"message_type":"committed_transcript","text":"Good morning."}""",
            """{"message_type":"committed_transcript","text":"Bye."}""",
            """{"message_type":"committed_transcript_with_timestamps","text":"Bye.","words":[{"text":"Bye.","start":3,"end":3.4,"type":"word"}]}""",
            """{"message_type":"committed_transcript_with_timestamps","text":"Good morning.","words":[{"text":"Good","start":2,"end":2.2,"type":"word"},{"text":"morning.","start":2.3,"end":2.8,"type":"word"}]}""");

        Assert.Equal(["Hello there.", "Good morning.", "Bye."], heard.Close().Texts);
        Assert.Equal(1, heard.Count(AsrAnomaly.Repeated));
    }

    [Fact]
    public void What_ElevenLabs_commits_twice_in_a_row_is_said_twice()
    {
        const string plain = """{"message_type":"committed_transcript","text":"Yes."}""";
        const string timed = """{"message_type":"committed_transcript_with_timestamps","text":"Yes.","words":[{"text":"Yes.","start":AT,"end":AT.3,"type":"word"}]}""";
        var heard = Heard.Of(
            "elevenlabs", """{"message_type":"session_started","session_id":"s","config":{"include_timestamps":true}}""",
            plain, plain, timed.Replace("AT", "1", StringComparison.Ordinal), timed.Replace("AT", "2", StringComparison.Ordinal));

        Assert.Equal([1.0, 2.0], heard.Chunks().Select(chunk => chunk.Start));
        Assert.Empty(heard.Anomalies);
    }

    [Fact]
    public void The_last_text_that_ElevenLabs_committed_is_not_lost_with_its_connection()
    {
        var heard = Heard.Of("elevenlabs", """{"message_type":"committed_transcript","text":"Yes."}""", """{"message_type":"session_started","session_id":"t"}""");

        Assert.Equal(["Yes."], heard.Texts);
    }

    [Fact]
    public void A_line_of_WhisperLiveKit_that_grows_is_said_when_another_stands_behind_it()
    {
        var heard = new Heard("whisperlivekit").Ingest(
            Diff(1, "snapshot", 1, Line(0, 1, " Good")),
            Diff(2, "diff", 1, Line(0, 2, " Good morning.")));
        Assert.Empty(heard.Texts);

        heard.Ingest(Diff(3, "diff", 2, Line(3, 4, " Let us")), Diff(4, "diff", 1, Line(3, 5, " Let us start."), pruned: 1), """{"type":"ready_to_stop"}""");

        Assert.Equal(["Good morning.", "Let us start."], heard.Texts);
        Assert.Equal(5, heard.Chunks()[1].End);
        Assert.Empty(heard.Anomalies);
    }

    [Fact]
    public void A_diff_of_WhisperLiveKit_that_is_missing_is_counted()
    {
        var heard = Heard.Of(
            "whisperlivekit", Diff(1, "snapshot", 1, Line(0, 1, " One.")), Diff(3, "diff", 3, Line(4, 5, " Three.")), Diff(4, "diff", 4, Line(6, 7, " Four.")));

        Assert.Equal(["One.", "Three.", "Four."], heard.Texts);
        Assert.Equal([AsrAnomaly.MessagesMissing], heard.Anomalies);
    }

    [Fact]
    public void A_speaker_whom_Watson_tells_behind_the_result_is_named_late()
    {
        var heard = Heard.Of(
            "watson",
            """{"result_index":0,"results":[{"final":true,"alternatives":[{"transcript":"good morning ","timestamps":[["good",0.1,0.4],["morning",0.4,0.9]]}]}]}""",
            """{"speaker_labels":[{"from":0.1,"to":0.4,"speaker":2,"final":false},{"from":0.4,"to":0.9,"speaker":2,"final":true}]}""");

        Assert.Equal(("good morning", "spk_2"), (heard.Texts.Single(), heard.Chunks().Single().SpeakerId));
    }

    [Fact]
    public void What_the_model_answers_waits_for_what_it_answers()
    {
        const string session = """{"type":"session.updated","session":{"input_audio_transcription":{"model":"whisper-1"}}}""";
        const string answer = """{"type":"response.audio_transcript.done","item_id":"b","content_index":0,"transcript":"I am fine."}""";
        var heard = new Heard("openai-realtime").Ingest(session, Committed("a", null), Added("b", "a"), answer);
        Assert.Empty(heard.Texts);

        heard.Ingest(Completed("a", "How are you?"));

        Assert.Equal([("How are you?", null), ("I am fine.", "assistant")], heard.Chunks().Select(chunk => (chunk.Text, chunk.SpeakerId)));
        Assert.Empty(heard.Anomalies);
    }

    [Fact]
    public void What_the_model_answers_waits_for_nothing_where_its_input_is_not_transcribed()
    {
        const string answer = """{"type":"response.output_text.done","item_id":"b","content_index":0,"text":"I am fine."}""";
        var heard = new Heard("openai-realtime").Ingest("""{"type":"session.created","session":{}}""", Committed("a", null), Added("b", "a"), answer);

        Assert.Equal(["I am fine."], heard.Texts);
    }

    [Fact]
    public void An_answer_without_a_word_holds_up_none()
    {
        const string empty = """{"type":"response.output_item.done","item":{"id":"b","type":"message","role":"assistant","content":[]}}""";
        var heard = new Heard("openai-realtime").Ingest(
            """{"type":"session.updated","session":{"audio":{"input":{"transcription":{"model":"m"}}}}}""", Added("b", null), Committed("c", "b"), Completed("c", "So?"));
        Assert.Empty(heard.Texts);

        Assert.Equal(["So?"], heard.Ingest(empty).Texts);
    }

    [Fact]
    public void Updates_of_Microsoft_Extensions_AI_are_read_as_its_serializer_writes_them()
    {
#pragma warning disable MEAI001 // The type is still experimental; only its JSON is read.
        SpeechToTextResponseUpdate[] updates =
        [
            new("good mor") { Kind = SpeechToTextResponseUpdateKind.TextUpdating, StartTime = TimeSpan.FromSeconds(1), EndTime = TimeSpan.FromSeconds(1.5) },
            new("Good morning.")
            {
                Kind = SpeechToTextResponseUpdateKind.TextUpdated, StartTime = TimeSpan.FromSeconds(1), EndTime = TimeSpan.FromSeconds(2),
                AdditionalProperties = new() { ["speaker_id"] = "ana", ["Language"] = "en" },
            },
            new("Done.") { Kind = SpeechToTextResponseUpdateKind.SessionClose },
        ];
#pragma warning restore MEAI001
        var heard = Heard.Of("meai", updates.Select(update => JsonSerializer.Serialize(update, AIJsonUtilities.DefaultOptions)));

        Assert.Equal(["Good morning.", "Done."], heard.Texts);
        var chunk = heard.Chunks()[0];
        Assert.Equal((1.0, 2.0, "ana", "en"), (chunk.Start, chunk.End, chunk.SpeakerId, chunk.Details?.Language));
        Assert.Equal("good mor", heard.Tails[0]);
        Assert.Empty(heard.Anomalies);
    }

    [Fact]
    public void Deltas_of_Microsoft_Extensions_AI_that_are_called_final_are_put_together()
    {
        var heard = Heard.Of(
            "meai", Final("Good"), Final(" mor"), Final("ning."), """{"kind":"textupdated","startTime":"00:00:00","endTime":"00:00:02","contents":[]}""",
            Final("How are"), Final(" you?"), """{"kind":"sessionclose","contents":[]}""");

        Assert.Equal("Good morning. How are you?", string.Join(' ', heard.Texts));
        Assert.Empty(heard.Anomalies);

        static string Final(string text) => $$"""{"kind":"textupdated","contents":[{"$type":"text","text":"{{text}}"}]}""";
    }

    [Fact]
    public void What_Vexa_withdraws_is_withdrawn_and_a_chat_message_was_not_said()
    {
        const string pending = """{"type":"transcript","speaker":"Ana","confirmed":[],"pending":[{"segment_id":"p","speaker":"Ana","text":"hm","start":1,"end":2,"completed":false}]}""";
        const string chat = """{"type":"transcript","speaker":"Ben","confirmed":[{"segment_id":"c","speaker":"Ben","text":"see the link","start":1783728000,"end":1783728000,"completed":true,"source":"chat"}],"pending":[]}""";
        var heard = Heard.Of("vexa", pending, """{"type":"transcript_retract","segment_ids":["p","q"]}""", chat);

        Assert.Empty(heard.Texts);
        Assert.Equal([AsrAnomaly.Withdrawn], heard.Anomalies);
    }

    [Fact]
    public void A_partial_result_of_Twilio_that_is_late_is_not_shown()
    {
        var heard = Heard.Of("twilio", Content(5, "yes please", isFinal: true), Content(4, "yes", isFinal: false));

        Assert.Equal(["yes please"], heard.Texts);
        Assert.Equal(1, heard.Count(AsrAnomaly.Stale));
        Assert.DoesNotContain("yes", heard.Tails);

        static string Content(int number, string text, bool isFinal) =>
            $$"""{"TranscriptionEvent":"transcription-content","TranscriptionSid":"GT1","Timestamp":"2026-03-02T10:00:0{{number}}Z","Track":"inbound_track","SequenceId":"{{number}}","Final":"{{Flag(isFinal)}}","TranscriptionData":"{\"transcript\":\"{{text}}\"}"}""";
    }

    [Fact]
    public void A_transcription_of_Twilio_that_starts_anew_counts_anew()
    {
        var messages = new TwilioDialect().Speak(Conversation.Shared);

        Assert.Equal([AsrAnomaly.AbsoluteTimes], Heard.Of("twilio", messages).Anomalies);
    }

    [Fact]
    public void A_callback_of_Gladia_is_read_as_a_message_of_its_socket()
    {
        var heard = Heard.Of("gladia", """{"id":"x","event":"live.transcript","payload":{"session_id":"s","type":"transcript","data":{"id":"00_1","is_final":true,"utterance":{"text":"Hello.","start":1,"end":2,"channel":0,"words":[]}}}}""");

        Assert.Equal("Hello.", heard.Texts.Single());
    }

    [Fact]
    public void Words_that_are_told_in_part_leave_out_none()
    {
        var heard = Heard.Of("whisperx", """{"start":1,"end":3,"text":" Thank you very much.","words":[{"word":"Thank","start":1,"end":1.4,"score":0.9,"speaker":"A"}]}""");

        var chunk = Assert.Single(heard.Chunks());
        Assert.Equal(("Thank you very much.", 1.0, 3.0, "A"), (chunk.Text, chunk.Start, chunk.End, chunk.SpeakerId));
    }

    // The two read each other's segments.
    private static bool IsRelated(string format, string other) => (format, other) is
        ("whisperx", "faster-whisper") or ("faster-whisper", "whisperx") or ("parley", _);

    private static string Token(string text, int start, int end, double confidence) =>
        $$"""{"tokens":[{"text":"{{text}}","start_ms":{{start}},"end_ms":{{end}},"confidence":{{confidence}},"is_final":true,"speaker":"1","language":"en"}],"total_audio_proc_ms":{{end}}}""";

    private static string Line(int start, int end, string text) =>
        $$"""{"speaker":1,"text":"{{text}}","start":"0:00:0{{start}}","end":"0:00:0{{end}}"}""";

    private static string Diff(int sequence, string type, int lines, string fresh, int pruned = 0) =>
        $$"""{"type":"{{type}}","seq":{{sequence}},"status":"active_transcription","n_lines":{{lines}},"lines_pruned":{{pruned}},"{{(type == "diff" ? "new_lines" : "lines")}}":[{{fresh}}],"buffer_transcription":""}""";

    private static string Added(string item, string? previous) =>
        $$"""{"type":"conversation.item.added","previous_item_id":{{(previous is null ? "null" : $"\"{previous}\"")}},"item":{"id":"{{item}}","type":"message","role":"assistant","content":[]} }""";
}
