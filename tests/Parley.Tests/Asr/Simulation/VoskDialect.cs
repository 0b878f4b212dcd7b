namespace Parley.Tests.Asr.Simulation;

internal sealed class VoskDialect : Dialect
{
    public override string Format => "vosk";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        foreach (var utterance in connection.Utterances)
        {
            yield return """{"partial":""}""";
            foreach (var heard in utterance.Interims()) yield return $$"""{"partial":{{Json(Bare(Text(heard)))}}}""";
            yield return $$"""{"result":[{{Each(utterance.Words, word => $$"""{"conf":0.97,"start":{{Sec(connection, word.Start)}},"end":{{Sec(connection, word.End)}},"word":{{Json(Bare(word.Text))}}}""")}}],"text":{{Json(Bare(utterance.Text))}},"spk":[0.12,-0.4],"spk_frames":212}""";
        }

        yield return """{"text":""}""";
    }
}
