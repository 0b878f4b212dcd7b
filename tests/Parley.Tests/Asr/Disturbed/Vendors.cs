using System.Globalization;

namespace Parley.Tests.Asr.Disturbed;

/// <summary>All of them, each writing reports as its messages.</summary>
internal static class Vendors
{
    // Those that tell dates count from this one, in seconds.
    private const double Date = 1_772_445_600;

    public static IReadOnlyList<Vendor> All { get; } =
    [
        new("parley", Parley) { HasKeys = true, Restarts = false },
        new("deepgram", Deepgram) { HasWordTimes = true, Overlaps = true, IsCumulative = true, HasChannels = true },
        new("deepgram-flux", Flux) { HasKeys = true },
        new("assemblyai", AssemblyAi) { HasKeys = true, HasWordTimes = true },
        new("azure", Azure),
        new("aws", Aws) { HasKeys = true, HasWordTimes = true, HasChannels = true },
        new("google", Google) { HasWordTimes = true, IsCumulative = true, HasChannels = true },
        new("vosk", Vosk) { HasWordTimes = true },
        new("sherpa-onnx", Sherpa) { HasKeys = true },
        new("whisperlive", WhisperLive) { Withdraws = false, RepeatsSegments = true },
        new("openai-realtime", OpenAi) { HasKeys = true, AppendsInterims = true, Restarts = false },
        new("faster-whisper", FasterWhisper) { HasWordTimes = true, HasInterims = false, Overlaps = true },
        new("simulstreaming", SimulStreaming) { HasInterims = false },
        new("speechmatics", Speechmatics) { HasWordTimes = true, HasChannels = true },
        new("soniox", Soniox) { HasWordTimes = true, Withdraws = false },
        new("gladia", Gladia) { HasKeys = true, HasWordTimes = true, HasChannels = true },
        new("elevenlabs", ElevenLabs) { HasWordTimes = true, Withdraws = false },
        new("whisperlivekit", WhisperLiveKit) { Withdraws = false, RepeatsSegments = true },
        new("whisperx", WhisperX) { HasWordTimes = true, HasInterims = false, Overlaps = true },
        new("aws-call-analytics", CallAnalytics) { HasKeys = true, HasWordTimes = true, HasChannels = true },
        new("watson", Watson) { HasKeys = true, HasWordTimes = true },
        new("riva", Riva) { HasWordTimes = true, HasChannels = true },
        new("funasr", FunAsr) { HasWordTimes = true, AppendsInterims = true },
        new("meai", Meai),
        new("recall", Recall) { HasWordTimes = true, HasChannels = true },
        new("vexa", Vexa) { HasKeys = true, HasWordTimes = true, HasChannels = true },
        new("twilio", Twilio) { HasKeys = true, HasChannels = true, Restarts = false },
        new("zoom-rtms", ZoomRtms) { HasKeys = true, HasInterims = false, HasChannels = true, Restarts = false },
        new("attendee", Attendee) { HasKeys = true, HasInterims = false, HasChannels = true, Restarts = false },
    ];

    private static IEnumerable<string> Parley(Report report) =>
        [Invariant($$"""{"start":{{Math.Max(0, report.Start):0.###}},"end":{{Math.Max(0, report.End):0.###}},"text":"{{report.Text}}","is_final":{{Flag(report.IsFinal)}},"key":"{{report.Connection}}-{{report.Channel}}-{{report.Number}}"}""")];

    private static IEnumerable<string> Deepgram(Report report) =>
        [Invariant($$$"""{"type":"Results","channel_index":[{{{report.Channel}}},2],"start":{{{report.Start:0.###}}},"duration":{{{report.End - report.Start:0.###}}},"is_final":{{{Flag(report.IsFinal)}}},"channel":{"alternatives":[{"transcript":"{{{report.Text}}}","words":[{{{Each(report, word => $$"""{"word":"{{word.Text}}","start":{{Sec(word.Start)}},"end":{{Sec(word.End)}},"speaker":{{word.Speaker}}}""")}}}]}]}}""")];

    private static IEnumerable<string> Flux(Report report) =>
        [Invariant($$"""{"type":"TurnInfo","event":"{{(report.IsFinal ? "EndOfTurn" : "Update")}}","turn_index":{{report.Number}},"audio_window_start":{{report.Start:0.###}},"audio_window_end":{{report.End:0.###}},"transcript":"{{report.Text}}"}""")];

    private static IEnumerable<string> AssemblyAi(Report report) =>
        [Invariant($$"""{"type":"Turn","turn_order":{{report.Number}},"turn_is_formatted":{{Flag(report.IsFinal)}},"end_of_turn":{{Flag(report.IsFinal)}},"transcript":"{{report.Text}}","words":[{{Each(report, word => $$"""{"start":{{word.Start * 1000:0}},"end":{{word.End * 1000:0}},"text":"{{word.Text}}"}""")}}]}""")];

    private static IEnumerable<string> Azure(Report report) => report.IsFinal
        ? [Invariant($$"""{"RecognitionStatus":"Success","Offset":{{report.Start * 1e7:0}},"Duration":{{(report.End - report.Start) * 1e7:0}},"DisplayText":"{{report.Text}}","SpeakerId":"Guest-{{report.Channel + 1}}"}""")]
        : [Invariant($$"""{"Text":"{{report.Text}}","Offset":{{report.Start * 1e7:0}},"Duration":{{(report.End - report.Start) * 1e7:0}}}""")];

    private static IEnumerable<string> Aws(Report report) =>
        [Invariant($$$"""{"Transcript":{"Results":[{"ResultId":"{{{report.Connection}}}-{{{report.Channel}}}-{{{report.Number}}}","StartTime":{{{report.Start:0.###}}},"EndTime":{{{report.End:0.###}}},"IsPartial":{{{Flag(!report.IsFinal)}}},"ChannelId":"ch_{{{report.Channel}}}","Alternatives":[{"Transcript":"{{{report.Text}}}","Items":[{{{Each(report, word => $$"""{"Content":"{{word.Text}}","StartTime":{{Sec(word.Start)}},"EndTime":{{Sec(word.End)}},"Type":"pronunciation","Speaker":"{{word.Speaker}}"}""")}}}]}]}]}}""")];

    private static IEnumerable<string> Google(Report report)
    {
        var end = Invariant($"\"resultEndOffset\":\"{report.End:0.###}s\",\"channelTag\":{report.Channel + 1}");
        return report.IsFinal
            ? [$$"""{"results":[{"alternatives":[{"transcript":"{{report.Text}}","words":[{{Each(report, word => $$"""{"word":"{{word.Text}}","startOffset":"{{Sec(word.Start)}}s","endOffset":"{{Sec(word.End)}}s","speakerLabel":"{{word.Speaker + 1}}"}""")}}]}],"isFinal":true,{{end}}}]}"""]
            : [$$"""{"results":[{"alternatives":[{"transcript":"{{report.Text}}"}],"stability":0.9,{{end}}}]}"""];
    }

    private static IEnumerable<string> Vosk(Report report) => report.IsFinal
        ? [$$"""{"result":[{{Each(report, word => $$"""{"conf":0.9,"start":{{Sec(word.Start)}},"end":{{Sec(word.End)}},"word":"{{word.Text}}"}""")}}],"text":"{{report.Text}}"}"""]
        : [$$"""{"partial":"{{report.Text}}"}"""];

    private static IEnumerable<string> Sherpa(Report report)
    {
        var start = report.Start - 0.2;
        return [Invariant($$"""{"text":"{{report.Text}}","tokens":[{{Each(report, word => $"\"{word.Text}\"")}}],"timestamps":[{{Each(report, word => Sec(word.Start - start))}}],"segment":{{report.Number}},"start_time":{{start:0.###}},"is_final":{{Flag(report.IsFinal)}},"is_eof":false}""")];
    }

    private static IEnumerable<string> WhisperLive(Report report) =>
        [$$"""{"uid":"c","segments":[{"start":"{{Sec(report.Start)}}","end":"{{Sec(report.End)}}","text":" {{report.Text}}","completed":{{Flag(report.IsFinal)}}}]}"""];

    private static IEnumerable<string> OpenAi(Report report)
    {
        var item = $"\"item_id\":\"it-{report.Connection}-{report.Channel}-{report.Number}\"";
        return report.IsFinal
            ? [$$"""{"type":"conversation.item.input_audio_transcription.completed",{{item}},"transcript":"{{report.Text}}"}"""]
            : [$$"""{"type":"conversation.item.input_audio_transcription.delta",{{item}},"delta":" {{report.Words[^1].Text}}"}"""];
    }

    private static IEnumerable<string> FasterWhisper(Report report) =>
        [Invariant($$"""{"start":{{report.Start:0.###}},"end":{{report.End:0.###}},"text":" {{report.Text}}","avg_logprob":-0.2,"words":[{{Each(report, word => $$"""{"start":{{Sec(word.Start)}},"end":{{Sec(word.End)}},"word":" {{word.Text}}"}""")}}]}""")];

    private static IEnumerable<string> SimulStreaming(Report report) =>
        [Invariant($$"""{"start":{{report.Start:0.###}},"end":{{report.End:0.###}},"text":" {{report.Text}}","is_final":false,"emission_time":1}""")];

    private static IEnumerable<string> Speechmatics(Report report) =>
        [Invariant($$$"""{"message":"Add{{{(report.IsFinal ? "" : "Partial")}}}Transcript","channel":"channel_{{{report.Channel}}}","metadata":{"start_time":{{{report.Start:0.###}}},"end_time":{{{report.End:0.###}}},"transcript":"{{{report.Text}}} "},"results":[{{{Each(report, word => $$"""{"type":"word","start_time":{{Sec(word.Start)}},"end_time":{{Sec(word.End)}},"alternatives":[{"content":"{{word.Text}}","confidence":0.9,"speaker":"S{{word.Speaker + 1}}"}]}""")}}}]}""")];

    private static IEnumerable<string> Soniox(Report report) =>
        [$$"""{"tokens":[{{Each(report, word => $$"""{"text":" {{word.Text}}","start_ms":{{Millis(word.Start)}},"end_ms":{{Millis(word.End)}},"confidence":0.9,"is_final":{{Flag(report.IsFinal)}},"speaker":"{{word.Speaker + 1}}"}""")}}],"total_audio_proc_ms":{{Millis(report.End)}}}"""];

    private static IEnumerable<string> Gladia(Report report) =>
        [Invariant($$$$"""{"session_id":"s{{{{report.Connection}}}}","created_at":"2026-03-02T10:00:00Z","type":"transcript","data":{"id":"{{{{report.Channel:00}}}}_{{{{report.Number:00000000}}}}","is_final":{{{{Flag(report.IsFinal)}}}},"utterance":{"text":"{{{{report.Text}}}}","start":{{{{report.Start:0.###}}}},"end":{{{{report.End:0.###}}}},"channel":{{{{report.Channel + 1}}}},"words":[{{{{Each(report, word => $$"""{"word":" {{word.Text}}","start":{{Sec(word.Start)}},"end":{{Sec(word.End)}}}""")}}}}]}}}""")];

    private static IEnumerable<string> ElevenLabs(Report report) => !report.IsFinal
        ? [$$"""{"message_type":"partial_transcript","text":"{{report.Text}}"}"""]
        : [
            $$"""{"message_type":"committed_transcript","text":"{{report.Text}}"}""",
            $$"""{"message_type":"committed_transcript_with_timestamps","text":"{{report.Text}}","words":[{{Each(report, word => $$"""{"text":"{{word.Text}}","start":{{Sec(word.Start)}},"end":{{Sec(word.End)}},"type":"word"}""")}}]}""",
        ];

    private static IEnumerable<string> WhisperLiveKit(Report report)
    {
        var line = $$"""{"speaker":1,"text":" {{report.Text}}","start":"{{Clock(report.Start)}}","end":"{{Clock(report.End)}}"}""";
        var silence = $$"""{"speaker":-2,"text":null,"start":"{{Clock(report.End)}}","end":"{{Clock(report.End)}}"}""";
        return [$$"""{"status":"active_transcription","lines":[{{line}}{{(report.IsFinal ? "," + silence : "")}}],"buffer_transcription":""}"""];
    }

    private static IEnumerable<string> WhisperX(Report report) =>
        [Invariant($$"""{"start":{{report.Start:0.###}},"end":{{report.End:0.###}},"text":" {{report.Text}}","words":[{{Each(report, word => $$"""{"start":{{Sec(word.Start)}},"end":{{Sec(word.End)}},"word":"{{word.Text}}","score":0.9}""")}}]}""")];

    private static IEnumerable<string> CallAnalytics(Report report) =>
        [Invariant($$$"""{"UtteranceEvent":{"UtteranceId":"{{{report.Connection}}}-{{{report.Channel}}}-{{{report.Number}}}","IsPartial":{{{Flag(!report.IsFinal)}}},"ParticipantRole":"{{{(report.Channel == 0 ? "AGENT" : "CUSTOMER")}}}","BeginOffsetMillis":{{{Millis(report.Start)}}},"EndOffsetMillis":{{{Millis(report.End)}}},"Transcript":"{{{report.Text}}}","Items":[{{{Each(report, word => $$"""{"Content":"{{word.Text}}","BeginOffsetMillis":{{Millis(word.Start)}},"EndOffsetMillis":{{Millis(word.End)}},"ItemType":"pronunciation"}""")}}}]}}""")];

    private static IEnumerable<string> Watson(Report report)
    {
        var words = report.IsFinal ? $",\"timestamps\":[{Each(report, word => $"[\"{word.Text}\",{Sec(word.Start)},{Sec(word.End)}]")}]" : "";
        return [$$"""{"result_index":{{report.Number}},"results":[{"final":{{Flag(report.IsFinal)}},"alternatives":[{"transcript":"{{report.Text}} "{{words}}}]}]}"""];
    }

    private static IEnumerable<string> Riva(Report report)
    {
        var words = report.IsFinal ? $",\"words\":[{Each(report, word => $$"""{"word":"{{word.Text}}","startTime":{{Millis(word.Start)}},"endTime":{{Millis(word.End)}},"speakerTag":{{word.Speaker + 1}}}""")}]" : "";
        return [Invariant($$"""{"results":[{"alternatives":[{"transcript":"{{report.Text}}"{{words}}}],"isFinal":{{Flag(report.IsFinal)}},"channelTag":{{report.Channel + 2}},"audioProcessed":{{report.End:0.###}}}]}""")];
    }

    private static IEnumerable<string> FunAsr(Report report) => report.IsFinal
        ? [$$"""{"mode":"2pass-offline","text":"{{report.Text}}","timestamp":"[{{Each(report, word => $"[{Millis(word.Start)},{Millis(word.End)}]")}}]","is_final":true}"""]
        : [$$"""{"mode":"2pass-online","text":" {{report.Words[^1].Text}}","is_final":false}"""];

    private static IEnumerable<string> Meai(Report report) =>
        [Invariant($$"""{"kind":"{{(report.IsFinal ? "textupdated" : "textupdating")}}","startTime":"{{TimeSpan.FromSeconds(report.Start):c}}","endTime":"{{TimeSpan.FromSeconds(report.End):c}}","contents":[{"$type":"text","text":"{{report.Text}}"}]}""")];

    private static IEnumerable<string> Recall(Report report) =>
        [$$$$"""{"event":"transcript.{{{{(report.IsFinal ? "" : "partial_")}}}}data","data":{"data":{"words":[{{{{Each(report, word => $$$"""{"text":"{{{word.Text}}}","start_timestamp":{"relative":{{{Sec(word.Start)}}}},"end_timestamp":{"relative":{{{Sec(word.End)}}}}}""")}}}}],"participant":{"id":{{{{report.Channel}}}},"name":"p{{{{report.Channel}}}}"}},"recording":{"id":"r{{{{report.Connection}}}}"}}}"""];

    private static IEnumerable<string> Vexa(Report report)
    {
        var segment = Invariant($$"""{"segment_id":"{{(report.IsFinal ? Invariant($"{report.Connection}:{report.Channel}:{report.Number}") : "pending")}}","speaker":"p{{report.Channel}}","text":"{{report.Text}}","start":{{report.Start:0.###}},"end":{{report.End:0.###}},"completed":{{Flag(report.IsFinal)}},"words":[{{Each(report, word => $$"""{"word":"{{word.Text}}","start":{{Sec(word.Start)}},"end":{{Sec(word.End)}}}""")}}]}""");
        return [$$"""{"type":"transcript","speaker":"p{{report.Channel}}","confirmed":[{{(report.IsFinal ? segment : "")}}],"pending":[{{(report.IsFinal ? "" : segment)}}]}"""];
    }

    private static IEnumerable<string> Twilio(Report report)
    {
        var sent = DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round((Date + report.End) * 1000)).ToString("O", CultureInfo.InvariantCulture);
        return [$$"""{"TranscriptionEvent":"transcription-content","TranscriptionSid":"GT","TranscriptionData":"{\"transcript\":\"{{report.Text}}\"}","Timestamp":"{{sent}}","Final":"{{Flag(report.IsFinal)}}","Track":"{{(report.Channel == 0 ? "inbound" : "outbound")}}_track","SequenceId":"{{(report.Number * 10) + (report.IsFinal ? 9 : report.Words.Count)}}"}"""];
    }

    // No two texts are sent in the same millisecond.
    private static IEnumerable<string> ZoomRtms(Report report) =>
        [Invariant($$$"""{"msg_type":17,"content":{"user_id":{{{report.Channel + 1}}},"user_name":"p{{{report.Channel}}}","data":"{{{report.Text}}}","timestamp":{{{((Date + report.End) * 1000) + report.Number:0}}}}}""")];

    private static IEnumerable<string> Attendee(Report report) =>
        [Invariant($$$$"""{"trigger":"transcript.update","data":{"speaker_name":"p{{{{report.Channel}}}}","speaker_uuid":"u{{{{report.Channel}}}}","timestamp_ms":{{{{((Date + report.Start) * 1000) + report.Number:0}}}},"duration_ms":{{{{Millis(report.End - report.Start)}}}},"transcription":{"transcript":"{{{{report.Text}}}}"}}}""")];

    private static string Millis(double time) => Math.Round(time * 1000).ToString("0", CultureInfo.InvariantCulture);

    private static string Clock(double time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time / 3600}:{(int)time / 60 % 60:00}:{time % 60:00.00}");

    private static string Each(Report report, Func<ReportedWord, string> write) => string.Join(',', report.Words.Select(write));

    private static string Sec(double time) => time.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
