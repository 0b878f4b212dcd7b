namespace Parley.Tests.Asr.Simulation;

/// <summary>Formatting is on: each turn ends twice. The second turn of each connection is named late.</summary>
internal sealed class AssemblyAiDialect : Dialect
{
    public AssemblyAiDialect() => HasSpeakers = HasWordSpeakers = true;

    public override string Format => "assemblyai";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        yield return $$"""{"type":"Begin","id":"s-{{connection.Number}}","expires_at":{{1790000000 + connection.Number}}}""";
        var turn = 0;
        foreach (var utterance in connection.Utterances)
        {
            var isUnknown = turn == 1;
            yield return $$"""{"type":"SpeechStarted","timestamp":{{Millis(connection, utterance.Start)}}}""";
            foreach (var heard in utterance.Interims()) yield return Turn(heard, false, false, isUnknown);
            yield return Turn([.. utterance.Words.Select(word => word with { Text = Bare(word.Text) })], false, true, isUnknown);
            yield return Turn(utterance.Words, true, true, isUnknown);
            if (turn == 2) yield return $$"""{"type":"SpeakerRevision","revisions":[{"turn_order":1,"speaker_label":{{Json(Label(connection.Utterances[1].Speaker))}},"words":[]}]}""";
            turn++;
        }

        string Turn(IReadOnlyList<SpokenWord> words, bool isFormatted, bool ends, bool isUnknown) =>
            $$"""{"type":"Turn","turn_order":{{turn}},"turn_is_formatted":{{(isFormatted ? "true" : "false")}},"end_of_turn":{{(ends ? "true" : "false")}},"end_of_turn_confidence":{{(ends ? "0.93" : "0.05")}},"transcript":{{Json(Text(ends ? words : words.SkipLast(1)))}},"utterance":"","words":[{{Each(words.Select((word, i) => (word, isLast: i == words.Count - 1)), item => Word(item.word, ends || !item.isLast, isUnknown))}}],"speaker_label":{{(isUnknown ? "\"UNKNOWN\"" : Json(Label(words[0].Speaker)))}},"language_code":"en"}""";

        string Word(SpokenWord word, bool isFinal, bool isUnknown) =>
            $$"""{"start":{{Millis(connection, word.Start)}},"end":{{Millis(connection, word.End)}},"text":{{Json(word.Text)}},"confidence":0.95,"word_is_final":{{(isFinal ? "true" : "false")}}{{(isFinal && !isUnknown ? $",\"speaker\":{Json(Label(word.Speaker))}" : "")}}}""";
    }

    protected override IEnumerable<string> Goodbye() => ["""{"type":"Termination","audio_duration_seconds":90,"session_duration_seconds":91}"""];

    private static string Label(string speaker) => speaker == "ana" ? "A" : "B";
}
