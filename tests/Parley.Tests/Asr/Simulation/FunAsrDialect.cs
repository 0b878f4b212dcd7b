namespace Parley.Tests.Asr.Simulation;

/// <summary>The first pass in pieces of two words, without punctuation, and the second with it.</summary>
internal sealed class FunAsrDialect : Dialect
{
    public override string Format => "funasr";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        foreach (var utterance in connection.Utterances)
        {
            foreach (var words in utterance.Words.Chunk(2))
                yield return $$"""{"mode":"2pass-online","wav_name":"microphone","text":{{Json(Bare(Text(words)) + " ")}},"is_final":false}""";
            yield return $$"""{"mode":"2pass-offline","wav_name":"microphone","text":{{Json(utterance.Text)}},"timestamp":"[{{Each(utterance.Words, word => $"[{Millis(connection, word.Start)},{Millis(connection, word.End)}]")}}]","is_final":false}""";
        }
    }
}
