namespace Parley.Tests.Asr.Simulation;

/// <summary>Long utterances come as two final ranges; only the second ends the speech. Pauses come as empty ranges.</summary>
internal sealed class DeepgramDialect : Dialect
{
    public DeepgramDialect() => HasSpeakers = HasWordSpeakers = true;

    public override string Format => "deepgram";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        var number = 0;
        foreach (var utterance in connection.Utterances)
        {
            yield return $$"""{"type":"SpeechStarted","channel":[0,1],"timestamp":{{Sec(connection, utterance.Start)}}}""";
            foreach (var heard in utterance.Interims().Where(heard => utterance.Words.Count <= 7 || heard.Count <= 5)) yield return Results(connection, heard, false, false);

            var cut = utterance.Words.Count > 7 ? 5 : 0;
            if (cut > 0)
            {
                yield return Results(connection, [.. utterance.Words.Take(cut)], true, false);
                var rest = new Utterance([.. utterance.Words.Skip(cut)]);
                foreach (var heard in rest.Interims()) yield return Results(connection, heard, false, false);
            }

            yield return Results(connection, [.. utterance.Words.Skip(cut)], true, true);
            if (number++ % 4 == 0) yield return Empty(connection, utterance.End);
            if (number % 3 == 0) yield return $$"""{"type":"UtteranceEnd","channel":[0,1],"last_word_end":{{Sec(connection, utterance.End)}}}""";
        }

        yield return $$"""{"type":"Metadata","request_id":"r-{{connection.Number}}","duration":60.0,"channels":1}""";
    }

    private static string Results(Connection connection, IReadOnlyList<SpokenWord> words, bool isFinal, bool endsSpeech) =>
        $$$"""{"type":"Results","channel_index":[0,1],"start":{{{Sec(connection, words[0].Start)}}},"duration":{{{words[^1].End - words[0].Start:0.00}}},"is_final":{{{Flag(isFinal)}}},"speech_final":{{{Flag(endsSpeech)}}},"from_finalize":false,"channel":{"alternatives":[{"transcript":{{{Json(Text(words))}}},"confidence":0.98,"words":[{{{Each(words, word => Word(connection, word))}}}]}]},"metadata":{"request_id":"r-{{{connection.Number}}}"}}""";

    private static string Word(Connection connection, SpokenWord word) =>
        $$"""{"word":{{Json(Bare(word.Text))}},"start":{{Sec(connection, word.Start)}},"end":{{Sec(connection, word.End)}},"confidence":0.99,"punctuated_word":{{Json(word.Text)}},"speaker":{{Number(word.Speaker)}}}""";

    private static string Empty(Connection connection, double start) =>
        $$$"""{"type":"Results","channel_index":[0,1],"start":{{{Sec(connection, start)}}},"duration":0.30,"is_final":true,"speech_final":false,"channel":{"alternatives":[{"transcript":"","confidence":0.0,"words":[]}]},"metadata":{"request_id":"r-{{{connection.Number}}}"}}""";

    private static string Flag(bool value) => value ? "true" : "false";
}
