namespace Parley.Tests.Asr.Simulation;

/// <summary>Finals of three words and of what is left; partials start where the last final ended. Punctuation is a result of its own.</summary>
internal sealed class SpeechmaticsDialect : Dialect
{
    public SpeechmaticsDialect() => HasSpeakers = HasWordSpeakers = true;

    public override string Format => "speechmatics";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        yield return $$"""{"message":"RecognitionStarted","id":"sm-{{connection.Number}}"}""";
        foreach (var utterance in connection.Utterances)
        {
            foreach (var words in utterance.Words.Chunk(6))
            {
                foreach (var heard in new Utterance(words).Interims()) yield return Transcript("AddPartialTranscript", heard);
                yield return Transcript("AddTranscript", words);
            }

            var end = Sec(connection, utterance.End);
            yield return $$$"""{"message":"EndOfUtterance","format":"2.9","metadata":{"start_time":{{{end}}},"end_time":{{{end}}}}}""";
            yield return $$"""{"message":"AudioAdded","seq_no":{{utterance.Words.Count}}}""";
        }

        string Transcript(string name, IReadOnlyList<SpokenWord> words) =>
            $$$"""{"message":"{{{name}}}","format":"2.9","metadata":{"start_time":{{{Sec(connection, words[0].Start)}}},"end_time":{{{Sec(connection, words[^1].End)}}},"transcript":{{{Json(Text(words) + " ")}}}},"results":[{{{Each(words, Results)}}}]}""";

        string Results(SpokenWord word)
        {
            var content = word.Text.TrimEnd('.', ',', '?');
            var spoken = Result("word", "", word.Start, word.End, content, word);
            return content.Length == word.Text.Length
                ? spoken
                : spoken + "," + Result("punctuation", "\"attaches_to\":\"previous\",", word.End, word.End, word.Text[content.Length..], word);
        }

        string Result(string type, string more, double start, double end, string content, SpokenWord word) =>
            $$"""{"type":"{{type}}",{{more}}"start_time":{{Sec(connection, start)}},"end_time":{{Sec(connection, end)}},"alternatives":[{"content":{{Json(content)}},"confidence":0.98,"language":"en","speaker":"S{{Number(word.Speaker) + 1}}"}]}""";
    }

    protected override IEnumerable<string> Goodbye() => ["""{"message":"EndOfTranscript"}"""];
}
