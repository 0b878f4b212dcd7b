namespace Parley.Tests.Asr.Simulation;

/// <summary>Words in pieces, final two words behind what is heard; a message may end inside a word.</summary>
internal sealed class SonioxDialect : Dialect
{
    public SonioxDialect() => HasSpeakers = HasWordSpeakers = true;

    public override string Format => "soniox";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        foreach (var utterance in connection.Utterances)
        {
            var tokens = utterance.Words.SelectMany(Pieces).ToList();
            for (var heard = 1; heard <= 3; heard++)
                yield return Message(tokens.Take(heard).Select(token => Token(token, isFinal: false)), utterance.Start);
            for (var done = 0; done < tokens.Count; done += 5)
            {
                var open = tokens.Skip(done + 5).Take(3).ToList();
                var final = tokens.Skip(done).Take(5).Select(token => Token(token, isFinal: true));
                if (done + 5 >= tokens.Count) final = final.Append(End(utterance));
                yield return Message(final.Concat(open.Select(token => Token(token, isFinal: false))), utterance.End);
                if (open.Count > 1) yield return Message(open.SkipLast(1).Select(token => Token(token, isFinal: false)), utterance.End);
            }
        }

        string Message(IEnumerable<string> tokens, double end) =>
            $$"""{"tokens":[{{string.Join(',', tokens)}}],"final_audio_proc_ms":{{Millis(connection, end)}},"total_audio_proc_ms":{{Millis(connection, end)}}}""";

        string Token(SpokenWord piece, bool isFinal) =>
            $$"""{"text":{{Json(piece.Text)}},"start_ms":{{Millis(connection, piece.Start)}},"end_ms":{{Millis(connection, piece.End)}},"confidence":0.98,"is_final":{{(isFinal ? "true" : "false")}},"speaker":"{{Number(piece.Speaker) + 1}}","language":"en"}""";

        string End(Utterance utterance) =>
            $$"""{"text":"<end>","start_ms":{{Millis(connection, utterance.End)}},"end_ms":{{Millis(connection, utterance.End)}},"confidence":1.0,"is_final":true}""";
    }

    protected override IEnumerable<string> Goodbye() => ["""{"tokens":[],"final_audio_proc_ms":0,"total_audio_proc_ms":0,"finished":true}"""];

    private static IEnumerable<SpokenWord> Pieces(SpokenWord word)
    {
        if (word.Text.Length < 7) return [word with { Text = " " + word.Text }];
        var middle = Math.Round((word.Start + word.End) / 2, 2);
        return [word with { Text = " " + word.Text[..3], End = middle }, word with { Text = word.Text[3..], Start = middle }];
    }
}
