using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Parley.Asr;

namespace Parley.Benchmarks;

/// <summary>
/// A minute of ten interims a second: utterances of six seconds, each interim the whole text so far, with the times of its words. Every figure is per message; an hour
/// is 36,000 of them.
/// </summary>
[MemoryDiagnoser]
public class AsrBenchmarks
{
    private const int Messages = 600;
    private const int MessagesOfUtterance = 60;

    private byte[][] _messages = [];

    /// <summary>The recogniser.</summary>
    [Params("deepgram", "aws", "azure", "openai-realtime", "whisperlive")]
    public string Format { get; set; } = "";

    [GlobalSetup]
    public void Speak() => _messages = [.. Enumerable.Range(0, Messages).Select(i => Encoding.UTF8.GetBytes(Message(i / MessagesOfUtterance, i % MessagesOfUtterance)))];

    [Benchmark(OperationsPerInvoke = Messages)]
    public int Interim_heavy_stream()
    {
        var assembler = new HypothesisAssembler(AsrFormats.Default.Get(Format));
        var outputs = 0;
        foreach (var message in _messages) outputs += assembler.Ingest(message).Length;
        return outputs;
    }

    /// <summary>As a conversation reads them: also by themselves, so that a message that comes again is known for a repeat or a conflict.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public int Interim_heavy_stream_of_a_conversation()
    {
        var format = AsrFormats.Default.Get(Format);
        var assembler = new HypothesisAssembler(format);
        var outputs = 0;
        foreach (var utf8 in _messages)
        {
            var message = AsrMessage.Parse(utf8);
            outputs += StatedTexts.Of(format, message).IsEmpty ? 0 : 1;
            outputs += assembler.Ingest(message).Length;
            message.Release();
        }

        return outputs;
    }

    private string Message(int utterance, int step)
    {
        var start = utterance * 6.0;
        var words = Enumerable.Range(0, 1 + (step / 3)).Select(i => (Text: $"word{i}", Start: start + (i * 0.3), End: start + (i * 0.3) + 0.25)).ToList();
        var text = string.Join(' ', words.Select(word => word.Text));
        var isFinal = step == MessagesOfUtterance - 1;
        var end = words[^1].End;
        return Format switch
        {
            "deepgram" => Invariant($$$"""{"type":"Results","channel_index":[0,1],"start":{{{start}}},"duration":{{{end - start:F2}}},"is_final":{{{Flag(isFinal)}}},"speech_final":{{{Flag(isFinal)}}},"channel":{"alternatives":[{"transcript":"{{{text}}}","confidence":0.98,"words":[{{{string.Join(',', words.Select(word => Invariant($$"""{"word":"{{word.Text}}","start":{{word.Start:F2}},"end":{{word.End:F2}},"confidence":0.99,"punctuated_word":"{{word.Text}}","speaker":0}""")))}}}]}]},"metadata":{"request_id":"r"}}"""),
            "aws" => Invariant($$$"""{"Transcript":{"Results":[{"ResultId":"r{{{utterance}}}","StartTime":{{{start}}},"EndTime":{{{end:F2}}},"IsPartial":{{{Flag(!isFinal)}}},"Alternatives":[{"Transcript":"{{{text}}}","Items":[{{{string.Join(',', words.Select(word => Invariant($$"""{"Content":"{{word.Text}}","StartTime":{{word.Start:F2}},"EndTime":{{word.End:F2}},"Type":"pronunciation","Stable":true,"Speaker":"0"}""")))}}}]}]}]}}"""),
            "azure" => Invariant($$"""{"Text":"{{text}}","Offset":{{start * 1e7:F0}},"Duration":{{(end - start) * 1e7:F0}},{{(isFinal ? "\"RecognitionStatus\":\"Success\"," : "")}}"SpeakerId":"Guest-1"}"""),
            "whisperlive" => Invariant($$"""{"uid":"u","segments":[{"start":"{{start:F3}}","end":"{{end:F3}}","text":" {{text}}","completed":{{Flag(isFinal)}}}]}"""),
            _ => isFinal
                ? Invariant($$"""{"type":"conversation.item.input_audio_transcription.completed","event_id":"e{{utterance}}.{{step}}","item_id":"it{{utterance}}","transcript":"{{text}}"}""")
                : Invariant($$"""{"type":"conversation.item.input_audio_transcription.delta","event_id":"e{{utterance}}.{{step}}","item_id":"it{{utterance}}","delta":" word{{step}}"}"""),
        };
    }

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
