namespace Parley.Tests.Asr.Simulation;

/// <summary>An interim is a stable result and an unstable one; words are in milliseconds.</summary>
internal sealed class RivaDialect : Dialect
{
    public RivaDialect() => HasSpeakers = HasWordSpeakers = true;

    public override string Format => "riva";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        foreach (var utterance in connection.Utterances)
        {
            foreach (var heard in utterance.Interims())
            {
                var (stable, unstable) = (Text(heard.SkipLast(1)), " " + heard[^1].Text);
                yield return $$"""{"results":[{"alternatives":[{"transcript":{{Json(stable)}}}],"stability":0.9,"channelTag":1,"audioProcessed":{{Sec(connection, heard[^1].End)}}},{"alternatives":[{"transcript":{{Json(unstable)}}}],"stability":0.1,"channelTag":1,"audioProcessed":{{Sec(connection, heard[^1].End)}}}]}""";
            }

            yield return $$"""{"results":[{"alternatives":[{"transcript":{{Json(utterance.Text + " ")}},"confidence":0.93,"words":[{{Each(utterance.Words, Word)}}]}],"isFinal":true,"channelTag":1,"audioProcessed":{{Sec(connection, utterance.End)}}}]}""";
        }

        string Word(SpokenWord word) =>
            $$"""{"startTime":{{Millis(connection, word.Start)}},"endTime":{{Millis(connection, word.End)}},"word":{{Json(word.Text)}},"confidence":0.95,"speakerTag":{{Number(word.Speaker) + 1}}}""";
    }
}
