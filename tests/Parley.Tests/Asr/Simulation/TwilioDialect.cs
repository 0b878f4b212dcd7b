using System.Globalization;
using System.Text.Json;

namespace Parley.Tests.Asr.Simulation;

/// <summary>Two tracks, dates, and JSON in text. The transcription starts anew once; its dates go on.</summary>
internal sealed class TwilioDialect : Dialect
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    public TwilioDialect() => HasSpeakers = true;

    public override string Format => "twilio";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        var number = 1;
        yield return Event("transcription-started", connection.OpenedAt, "");
        foreach (var piece in connection.Utterances.SelectMany(utterance => utterance.BySpeaker()))
        {
            foreach (var heard in piece.Interims()) yield return Content(heard, isFinal: false);
            yield return Content(piece.Words, isFinal: true);
        }

        string Content(IReadOnlyList<SpokenWord> words, bool isFinal)
        {
            var data = $$"""{"transcript":{{Json(Text(words))}},"confidence":0.95}""";
            var track = words[0].Speaker == "ana" ? "outbound_track" : "inbound_track";
            return Event(
                "transcription-content", words[^1].End,
                $",\"LanguageCode\":\"en-US\",\"TranscriptionData\":{JsonSerializer.Serialize(data)},\"Final\":\"{(isFinal ? "true" : "false")}\",\"Track\":\"{track}\"");
        }

        string Event(string name, double time, string more) =>
            $$"""{"TranscriptionEvent":"{{name}}","TranscriptionSid":"GT{{connection.Number}}","CallSid":"CA1","Timestamp":"{{Begin.AddSeconds(time).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)}}","SequenceId":"{{number++}}"{{more}}}""";
    }

    protected override IEnumerable<string> Goodbye() => ["""{"TranscriptionEvent":"transcription-stopped","TranscriptionSid":"GT1","CallSid":"CA1"}"""];
}
