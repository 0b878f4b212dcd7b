namespace Parley.Tests.Asr.Simulation;

/// <summary>One phrase, one speaker. The first phrases of each connection come without a name, and again with it.</summary>
internal sealed class AzureDialect : Dialect
{
    public AzureDialect() => HasSpeakers = true;

    public override string Format => "azure";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        var unnamed = new List<Utterance>();
        var number = 0;
        foreach (var utterance in connection.Utterances.SelectMany(utterance => utterance.BySpeaker()))
        {
            foreach (var heard in utterance.Interims())
            {
                yield return $$"""{"Id":"h{{number}}","Text":{{Json(Bare(Text(heard)))}},"Offset":{{Ticks(connection, heard[0].Start)}},"Duration":{{Duration(heard)}},"SpeakerId":"Unknown"}""";
            }

            if (number < 2) unnamed.Add(utterance);
            yield return Phrase(utterance, number < 2 ? "Unknown" : Guest(utterance.Speaker));
            if (number == 3) yield return $$"""{"Id":"s{{number}}","RecognitionStatus":"InitialSilenceTimeout","Offset":{{Ticks(connection, utterance.End)}},"Duration":5000000}""";
            if (number++ != 4) continue;
            foreach (var late in unnamed) yield return Phrase(late, Guest(late.Speaker));
        }

        string Phrase(Utterance utterance, string speaker) =>
            $$"""{"Id":"p{{connection.Number}}","RecognitionStatus":"Success","Offset":{{Ticks(connection, utterance.Start)}},"Duration":{{Duration(utterance.Words)}},"DisplayText":{{Json(utterance.Text)}},"SpeakerId":"{{speaker}}","NBest":[{"Confidence":0.94,"Lexical":{{Json(Bare(utterance.Text))}},"ITN":{{Json(Bare(utterance.Text))}},"MaskedITN":{{Json(Bare(utterance.Text))}},"Display":{{Json(utterance.Text)}}}]}""";
    }

    private static string Duration(IReadOnlyList<SpokenWord> words) => Math.Round((words[^1].End - words[0].Start) * 1e7).ToString("0", System.Globalization.CultureInfo.InvariantCulture);

    private static string Guest(string speaker) => $"Guest-{Number(speaker) + 1}";
}
