namespace Parley.Tests.Asr.Simulation;

/// <summary>Punctuation is an item of its own; all but the newest words of a partial are stable.</summary>
internal sealed class AwsDialect : Dialect
{
    public AwsDialect() => HasSpeakers = HasWordSpeakers = true;

    public override string Format => "aws";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        var number = 0;
        foreach (var utterance in connection.Utterances)
        {
            foreach (var heard in utterance.Interims()) yield return Event(heard, isPartial: true);
            yield return Event(utterance.Words, isPartial: false);
            if (number++ % 6 == 0) yield return """{"Transcript":{"Results":[]}}""";
        }

        string Event(IReadOnlyList<SpokenWord> words, bool isPartial) =>
            $$$"""{"Transcript":{"Results":[{"ResultId":"b1f0-{{{connection.Number}}}-{{{number}}}","StartTime":{{{Sec(connection, words[0].Start)}}},"EndTime":{{{Sec(connection, words[^1].End)}}},"IsPartial":{{{(isPartial ? "true" : "false")}}},"ChannelId":"ch_0","LanguageCode":"en-US","Alternatives":[{"Transcript":{{{Json(Text(words))}}},"Entities":[],"Items":[{{{Each(words.Select((word, i) => (word, isStable: !isPartial || i < words.Count - 2)), item => Items(item.word, item.isStable))}}}]}]}]}}""";

        string Items(SpokenWord word, bool isStable)
        {
            var content = word.Text.TrimEnd('.', ',', '?');
            var spoken = $$"""{"Content":{{Json(content)}},"StartTime":{{Sec(connection, word.Start)}},"EndTime":{{Sec(connection, word.End)}},"Type":"pronunciation","Confidence":0.99,"Stable":{{(isStable ? "true" : "false")}},"Speaker":"{{Number(word.Speaker)}}","VocabularyFilterMatch":false}""";
            return content.Length == word.Text.Length
                ? spoken
                : spoken + $$""",{"Content":{{Json(word.Text[content.Length..])}},"StartTime":{{Sec(connection, word.End)}},"EndTime":{{Sec(connection, word.End)}},"Type":"punctuation"}""";
        }
    }
}
