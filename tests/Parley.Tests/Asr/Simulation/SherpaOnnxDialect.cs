namespace Parley.Tests.Asr.Simulation;

internal sealed class SherpaOnnxDialect : Dialect
{
    public override string Format => "sherpa-onnx";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        var segment = 0;
        foreach (var utterance in connection.Utterances)
        {
            foreach (var heard in utterance.Interims()) yield return Result(utterance, heard, isFinal: false);
            yield return Result(utterance, utterance.Words, isFinal: true);
            segment++;
        }

        string Result(Utterance utterance, IReadOnlyList<SpokenWord> words, bool isFinal)
        {
            var start = utterance.Start - 0.2;
            return $$"""{"text":{{Json(Bare(Text(words)))}},"tokens":[{{Each(words, word => Json(" " + Bare(word.Text)))}}],"timestamps":[{{Each(words, word => $"{word.Start - start:0.00}")}}],"ys_probs":[],"lm_probs":[],"context_scores":[],"segment":{{segment}},"words":[],"start_time":{{Sec(connection, start)}},"is_final":{{(isFinal ? "true" : "false")}},"is_eof":false}""";
        }
    }

    protected override IEnumerable<string> Goodbye() => ["Done!"];
}
