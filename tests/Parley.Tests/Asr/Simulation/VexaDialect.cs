namespace Parley.Tests.Asr.Simulation;

/// <summary>What is pending is told again in each bundle, under an id that is not the one it is confirmed under.</summary>
internal sealed class VexaDialect : Dialect
{
    public VexaDialect() => HasSpeakers = true;

    public override string Format => "vexa";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        yield return """{"type":"subscribed","meetings":[{"platform":"google_meet","native_id":"abc"}]}""";
        foreach (var piece in connection.Utterances.SelectMany(utterance => utterance.BySpeaker()))
        {
            foreach (var heard in piece.Interims()) yield return Bundle(piece.Speaker, "", Segment(heard, isConfirmed: false));
            yield return Bundle(piece.Speaker, Segment(piece.Words, isConfirmed: true), "");
        }

        string Bundle(string speaker, string confirmed, string pending) =>
            $$$"""{"type":"transcript","meeting":{"id":42},"speaker":"{{{speaker}}}","confirmed":[{{{confirmed}}}],"pending":[{{{pending}}}],"ts":"2026-03-02T10:00:00Z"}""";

        string Segment(IReadOnlyList<SpokenWord> words, bool isConfirmed)
        {
            var id = isConfirmed ? Millis(connection, words[0].Start) : "pending";
            var timed = isConfirmed ? $",\"words\":[{Each(words, Word)}]" : "";
            return $$"""{"segment_id":"s-{{connection.Number}}:ch-{{Number(words[0].Speaker)}}:{{id}}","speaker":"{{words[0].Speaker}}","speaker_key":"ch-{{Number(words[0].Speaker)}}","text":{{Json(Text(words))}},"start":{{Sec(connection, words[0].Start)}},"end":{{Sec(connection, words[^1].End)}},"language":"en","completed":{{(isConfirmed ? "true" : "false")}}{{timed}}}""";
        }

        string Word(SpokenWord word) =>
            $$"""{"word":{{Json(word.Text)}},"start":{{Sec(connection, word.Start)}},"end":{{Sec(connection, word.End)}},"probability":0.97}""";
    }
}
