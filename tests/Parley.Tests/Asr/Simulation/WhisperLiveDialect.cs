using System.Globalization;

namespace Parley.Tests.Asr.Simulation;

/// <summary>Each message repeats the last ten completed segments. The connection ends with its last segment open.</summary>
internal sealed class WhisperLiveDialect : Dialect
{
    public WhisperLiveDialect() => HasSpeakers = true;

    public override string Format => "whisperlive";

    public override bool RepeatsText => true;

    protected override IEnumerable<string> Speak(Connection connection)
    {
        yield return """{"uid":"c-1","message":"SERVER_READY","backend":"faster_whisper"}""";
        yield return """{"uid":"c-1","language":"en","language_prob":0.98}""";
        var completed = new List<string>();
        var pieces = connection.Utterances.SelectMany(utterance => utterance.BySpeaker()).ToList();
        foreach (var piece in pieces)
        {
            foreach (var heard in piece.Interims()) yield return Window(Segment(heard, isCompleted: false));
            if (piece == pieces[^1]) yield return Window(Segment(piece.Words, isCompleted: false));
            completed.Add(Segment(piece.Words, isCompleted: true));
        }

        string Window(string open) => $$"""{"uid":"c-1","segments":[{{Each(completed.TakeLast(10).Append(open), segment => segment)}}]}""";

        string Segment(IReadOnlyList<SpokenWord> words, bool isCompleted) =>
            $$"""{"start":"{{Time(words[0].Start)}}","end":"{{Time(words[^1].End)}}","text":{{Json(" " + Text(words))}},"completed":{{(isCompleted ? "true" : "false")}},"speaker":"SPEAKER_0{{Number(words[0].Speaker)}}"}""";

        string Time(double time) => (time - connection.OpenedAt).ToString("0.000", CultureInfo.InvariantCulture);
    }

    protected override IEnumerable<string> Goodbye() => ["""{"uid":"c-1","message":"DISCONNECT"}"""];
}
