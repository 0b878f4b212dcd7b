namespace Parley.Tests.Asr.Simulation;

/// <summary>Each participant's words, with times from the start of the recording; the bot joins twice.</summary>
internal sealed class RecallDialect : Dialect
{
    public RecallDialect() => HasSpeakers = true;

    public override string Format => "recall";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        yield return $$$$"""{"event":"participant_events.join","data":{"data":{"participant":{"id":100,"name":"Ana"}},"recording":{"id":"rec-{{{{connection.Number}}}}"}}}""";
        foreach (var piece in connection.Utterances.SelectMany(utterance => utterance.BySpeaker()))
        {
            foreach (var heard in piece.Interims()) yield return Event("transcript.partial_data", heard);
            yield return Event("transcript.data", piece.Words);
        }

        string Event(string name, IReadOnlyList<SpokenWord> words) =>
            $$$$"""{"event":"{{{{name}}}}","data":{"data":{"words":[{{{{Each(words, Word)}}}}],"language_code":"en","participant":{"id":{{{{(Number(words[0].Speaker) + 1) * 100}}}},"name":"{{{{(words[0].Speaker == "ana" ? "Ana" : "Ben")}}}}","is_host":false,"platform":"desktop","extra_data":null}},"transcript":{"id":"t-1","metadata":{}},"recording":{"id":"rec-{{{{connection.Number}}}}","metadata":{}},"bot":{"id":"b-1"}}}""";

        string Word(SpokenWord word) =>
            $$$"""{"text":{{{Json(word.Text)}}},"start_timestamp":{"relative":{{{Sec(connection, word.Start)}}}},"end_timestamp":{"relative":{{{Sec(connection, word.End)}}}}}""";
    }
}
