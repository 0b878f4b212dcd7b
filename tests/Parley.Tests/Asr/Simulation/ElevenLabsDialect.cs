namespace Parley.Tests.Asr.Simulation;

/// <summary>What is committed comes plain, and then with its words; a partial of what follows may come in between.</summary>
internal sealed class ElevenLabsDialect : Dialect
{
    public override string Format => "elevenlabs";

    // Where the session's first message is missing, plain text is taken for all there will be.
    public override bool MayLackTimes => true;

    protected override IEnumerable<string> Speak(Connection connection)
    {
        yield return $$$"""{"message_type":"session_started","session_id":"el-{{{connection.Number}}}","config":{"sample_rate":16000,"include_timestamps":true,"commit_strategy":"vad"}}""";
        var number = 0;
        foreach (var utterance in connection.Utterances)
        {
            foreach (var heard in utterance.Interims()) yield return Partial(Text(heard));
            yield return $$"""{"message_type":"committed_transcript","text":{{Json(utterance.Text)}}}""";
            if (number++ % 4 == 0) yield return Partial("");
            yield return $$"""{"message_type":"committed_transcript_with_timestamps","text":{{Json(utterance.Text)}},"language_code":"en","words":[{{Each(utterance.Words, Word)}}]}""";
        }

        string Word(SpokenWord word) =>
            $$"""{"text":{{Json(word.Text)}},"start":{{Sec(connection, word.Start)}},"end":{{Sec(connection, word.End)}},"type":"word","logprob":-0.02},{"text":" ","start":{{Sec(connection, word.End)}},"end":{{Sec(connection, word.End)}},"type":"spacing"}""";
    }

    private static string Partial(string text) => $$"""{"message_type":"partial_transcript","text":{{Json(text)}}}""";
}
