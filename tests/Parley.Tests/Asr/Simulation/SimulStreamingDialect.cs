namespace Parley.Tests.Asr.Simulation;

/// <summary>Two words a piece, now and then cut inside a word; a bare marker ends the voice.</summary>
internal sealed class SimulStreamingDialect : Dialect
{
    public override string Format => "simulstreaming";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        foreach (var utterance in connection.Utterances)
        {
            var pieces = utterance.Words.Chunk(2).ToList();
            for (var i = 0; i < pieces.Count; i++)
            {
                var (words, text) = (pieces[i], " " + Text(pieces[i]));
                if (i == 1 && text.Length > 6)
                {
                    var middle = Math.Round((words[0].Start + words[^1].End) / 2, 2);
                    yield return Piece(words[0].Start, middle, text[..^2]);
                    yield return Piece(middle, words[^1].End, text[^2..]);
                }
                else
                {
                    yield return Piece(words[0].Start, words[^1].End, text);
                }
            }

            yield return $$"""{"is_final":true,"emission_time":{{Sec(connection, utterance.End + 0.8)}}}""";
        }

        string Piece(double start, double end, string text) =>
            $$"""{"start":{{Sec(connection, start)}},"end":{{Sec(connection, end)}},"text":{{Json(text)}},"tokens":[400],"is_final":false,"emission_time":{{Sec(connection, end + 0.5)}}}""";
    }
}
