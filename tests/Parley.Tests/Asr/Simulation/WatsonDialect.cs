namespace Parley.Tests.Asr.Simulation;

/// <summary>Lower case, no punctuation; who spoke comes with the result.</summary>
internal sealed class WatsonDialect : Dialect
{
    public WatsonDialect() => HasSpeakers = true;

    public override string Format => "watson";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        yield return """{"state":"listening"}""";
        var index = 0;
        foreach (var utterance in connection.Utterances)
        {
            foreach (var heard in utterance.Interims())
                yield return $$"""{"result_index":{{index}},"results":[{"final":false,"alternatives":[{"transcript":{{Json(Bare(Text(heard)) + " ")}}}]}]}""";
            yield return $$"""{"result_index":{{index++}},"results":[{"final":true,"alternatives":[{"transcript":{{Json(Bare(utterance.Text) + " ")}},"confidence":0.94,"timestamps":[{{Each(utterance.Words, Timestamp)}}],"word_confidence":[{{Each(utterance.Words, word => $"[{Json(Bare(word.Text))},0.97]")}}]}]}],"speaker_labels":[{{Each(utterance.Words, Label)}}]}""";
        }

        string Timestamp(SpokenWord word) => $"[{Json(Bare(word.Text))},{Sec(connection, word.Start)},{Sec(connection, word.End)}]";

        string Label(SpokenWord word) =>
            $$"""{"from":{{Sec(connection, word.Start)}},"to":{{Sec(connection, word.End)}},"speaker":{{Number(word.Speaker)}},"confidence":0.6,"final":false}""";
    }
}
