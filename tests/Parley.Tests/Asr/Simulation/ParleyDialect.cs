namespace Parley.Tests.Asr.Simulation;

internal sealed class ParleyDialect : Dialect
{
    public ParleyDialect() => HasSpeakers = true;

    public override string Format => "parley";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        var number = 0;
        foreach (var utterance in connection.Utterances.SelectMany(utterance => utterance.BySpeaker()))
        {
            var key = $"{connection.Number}-{number++}";
            foreach (var heard in utterance.Interims()) yield return Chunk(heard, key, isFinal: false);
            yield return Chunk(utterance.Words, key, isFinal: true);
        }
    }

    // Its times are the sender's own: they go on over connections.
    private static string Chunk(IReadOnlyList<SpokenWord> words, string key, bool isFinal) =>
        $$"""{"start":{{words[0].Start:0.00}},"end":{{words[^1].End:0.00}},"text":{{Json(Text(words))}},"speaker_id":{{Json(words[0].Speaker)}},"is_final":{{(isFinal ? "true" : "false")}},"key":"{{key}}"{{(isFinal ? ",\"end_of_turn\":true" : "")}}}""";
}
