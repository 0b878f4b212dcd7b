using System.Globalization;

namespace Parley.Tests.Asr.Simulation;

/// <summary>One utterance, one id, with its own acknowledgements and voice events around it.</summary>
internal sealed class GladiaDialect : Dialect
{
    public override string Format => "gladia";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        yield return Message("start_session", "null");
        var number = 0;
        foreach (var utterance in connection.Utterances)
        {
            var id = number++.ToString("00000000", CultureInfo.InvariantCulture);
            yield return Message("speech_start", $$"""{"time":{{Sec(connection, utterance.Start)}},"channel":0}""");
            foreach (var heard in utterance.Interims()) yield return Transcript(id, heard, isFinal: false);
            yield return Message("speech_end", $$"""{"time":{{Sec(connection, utterance.End)}},"channel":0}""");
            yield return Transcript(id, utterance.Words, isFinal: true);
        }

        string Message(string type, string data) =>
            $$"""{"session_id":"gl-{{connection.Number}}","created_at":"2026-03-02T10:00:00Z","type":"{{type}}","data":{{data}}}""";

        string Transcript(string id, IReadOnlyList<SpokenWord> words, bool isFinal) => Message(
            "transcript",
            $$$"""{"id":"00_{{{id}}}","is_final":{{{(isFinal ? "true" : "false")}}},"utterance":{"text":{{{Json(Text(words))}}},"start":{{{Sec(connection, words[0].Start)}}},"end":{{{Sec(connection, words[^1].End)}}},"language":"en","channel":0,"confidence":0.97,"words":[{{{Each(words, word => $$"""{"word":{{Json(" " + word.Text)}},"start":{{Sec(connection, word.Start)}},"end":{{Sec(connection, word.End)}},"confidence":0.97}""")}}}]}}""");
    }
}
