namespace Parley.Tests.Asr.Simulation;

/// <summary>Each of the two has a channel; a category comes now and then.</summary>
internal sealed class AwsCallAnalyticsDialect : Dialect
{
    public AwsCallAnalyticsDialect() => HasSpeakers = true;

    public override string Format => "aws-call-analytics";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        var number = 0;
        foreach (var piece in connection.Utterances.SelectMany(utterance => utterance.BySpeaker()))
        {
            number++;
            foreach (var heard in piece.Interims()) yield return Event(heard, isPartial: true);
            yield return Event(piece.Words, isPartial: false);
            if (number % 8 == 0) yield return """{"CategoryEvent":{"MatchedCategories":["cancellation"],"MatchedDetails":{}}}""";
        }

        string Event(IReadOnlyList<SpokenWord> words, bool isPartial) =>
            $$$"""{"UtteranceEvent":{"UtteranceId":"u-{{{connection.Number}}}-{{{number}}}","IsPartial":{{{(isPartial ? "true" : "false")}}},"ParticipantRole":"{{{(words[0].Speaker == "ana" ? "AGENT" : "CUSTOMER")}}}","BeginOffsetMillis":{{{Millis(connection, words[0].Start)}}},"EndOffsetMillis":{{{Millis(connection, words[^1].End)}}},"Transcript":{{{Json(Text(words))}}},"Items":[{{{Each(words, Items)}}}],"Sentiment":"NEUTRAL"}}""";

        string Items(SpokenWord word)
        {
            var content = word.Text.TrimEnd('.', ',', '?');
            var spoken = Item("pronunciation", word.Start, word.End, content);
            return content.Length == word.Text.Length
                ? spoken
                : spoken + "," + Item("punctuation", word.End, word.End, word.Text[content.Length..]);
        }

        string Item(string type, double start, double end, string content) =>
            $$"""{"BeginOffsetMillis":{{Millis(connection, start)}},"EndOffsetMillis":{{Millis(connection, end)}},"ItemType":"{{type}}","Content":{{Json(content)}},"Confidence":0.98,"VocabularyFilterMatch":false}""";
    }
}
