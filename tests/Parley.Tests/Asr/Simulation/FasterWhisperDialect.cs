namespace Parley.Tests.Asr.Simulation;

/// <summary>Short segments; each window decodes the last segment of the one before again.</summary>
internal sealed class FasterWhisperDialect : Dialect
{
    public override string Format => "faster-whisper";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        var id = 0;
        foreach (var utterance in connection.Utterances)
        {
            string? last = null;
            foreach (var words in utterance.Words.Chunk(4)) yield return last = Segment(words);
            if (id % 5 == 0) yield return last!;
        }

        string Segment(SpokenWord[] words) =>
            $$"""{"id":{{++id}},"seek":{{id * 100}},"start":{{Sec(connection, words[0].Start)}},"end":{{Sec(connection, words[^1].End)}},"text":{{Json(" " + Text(words))}},"tokens":[50363],"avg_logprob":-0.21,"compression_ratio":1.31,"no_speech_prob":0.03,"temperature":0.0,"words":[{{Each(words, word => $$"""{"start":{{Sec(connection, word.Start)}},"end":{{Sec(connection, word.End)}},"word":{{Json(" " + word.Text)}},"probability":0.95}""")}}]}""";
    }
}
