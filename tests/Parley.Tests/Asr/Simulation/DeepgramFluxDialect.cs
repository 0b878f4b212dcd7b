namespace Parley.Tests.Asr.Simulation;

/// <summary>Now and then a turn seems to end, and goes on.</summary>
internal sealed class DeepgramFluxDialect : Dialect
{
    public override string Format => "deepgram-flux";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        yield return $$"""{"type":"Connected","request_id":"f-{{connection.Number}}","sequence_id":0}""";
        var sequence = 0;
        var turn = 0;
        foreach (var utterance in connection.Utterances)
        {
            yield return Info("StartOfTurn", [utterance.Words[0]], "");
            foreach (var heard in utterance.Interims()) yield return Info("Update", heard, Text(heard));
            if (turn % 5 == 2)
            {
                var half = utterance.Words.Take(utterance.Words.Count / 2).ToList();
                yield return Info("EagerEndOfTurn", half, Text(half));
                yield return Info("TurnResumed", half, Text(half));
            }

            if (turn % 2 == 0) yield return Info("EagerEndOfTurn", utterance.Words, utterance.Text);
            yield return Info("EndOfTurn", utterance.Words, utterance.Text);
            turn++;
        }

        string Info(string happened, IReadOnlyList<SpokenWord> words, string text) =>
            $$"""{"type":"TurnInfo","request_id":"f-{{connection.Number}}","sequence_id":{{++sequence}},"event":"{{happened}}","turn_index":{{turn}},"audio_window_start":{{Sec(connection, words[0].Start)}},"audio_window_end":{{Sec(connection, words[^1].End)}},"transcript":{{Json(text)}},"end_of_turn_confidence":{{(happened == "EndOfTurn" ? "0.91" : "0.12")}},"words":[{{Each(text.Length == 0 ? [] : words, word => $$"""{"word":{{Json(word.Text)}},"confidence":0.98}""")}}]}""";
    }
}
