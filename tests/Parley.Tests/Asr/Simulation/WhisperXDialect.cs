namespace Parley.Tests.Asr.Simulation;

/// <summary>Segments by speaker; short words have no times, as numbers in life. Now and then a window decodes the last one again.</summary>
internal sealed class WhisperXDialect : Dialect
{
    public WhisperXDialect() => HasSpeakers = true;

    public override string Format => "whisperx";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        var number = 0;
        foreach (var piece in connection.Utterances.SelectMany(utterance => utterance.BySpeaker()))
        {
            string? last = null;
            foreach (var words in piece.Words.Chunk(4)) yield return last = Segment(words);
            if (++number % 5 == 0) yield return last!;
        }

        string Segment(SpokenWord[] words) =>
            $$"""{"start":{{Sec(connection, words[0].Start)}},"end":{{Sec(connection, words[^1].End)}},"text":{{Json(" " + Text(words))}},"words":[{{Each(words, Word)}}],"speaker":"SPEAKER_0{{Number(words[0].Speaker)}}"}""";

        string Word(SpokenWord word) => word.Text.Length < 2
            ? $$"""{"word":{{Json(word.Text)}}}"""
            : $$"""{"word":{{Json(word.Text)}},"start":{{Sec(connection, word.Start)}},"end":{{Sec(connection, word.End)}},"score":0.9,"speaker":"SPEAKER_0{{Number(word.Speaker)}}"}""";
    }
}
