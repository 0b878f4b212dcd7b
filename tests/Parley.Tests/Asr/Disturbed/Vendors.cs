using System.Globalization;

namespace Parley.Tests.Asr.Disturbed;

/// <summary>All of them, each writing reports as its messages.</summary>
internal static class Vendors
{
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
        new("openai-realtime", OpenAi) { HasKeys = true, Restarts = false },
        new("faster-whisper", FasterWhisper) { HasWordTimes = true, HasInterims = false, Overlaps = true },
        new("simulstreaming", SimulStreaming) { HasInterims = false },
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

    private static string Each(Report report, Func<ReportedWord, string> write) => string.Join(',', report.Words.Select(write));

    private static string Sec(double time) => time.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
