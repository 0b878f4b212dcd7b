using System.Globalization;

namespace Parley.Tests.Asr.Simulation;

/// <summary>A line for each speaker's turn, and one of silence between two; whole lists of lines, or diffs of them.</summary>
internal sealed class WhisperLiveKitDialect : Dialect
{
    private readonly bool _isDiff;

    public WhisperLiveKitDialect(bool isDiff = false) => (_isDiff, HasSpeakers) = (isDiff, true);

    public override string Format => "whisperlivekit";

    public override string Name => _isDiff ? "whisperlivekit, diff" : Format;

    public override bool RepeatsText => true;

    public override bool SendsChanges => _isDiff;

    protected override IEnumerable<string> Speak(Connection connection)
    {
        yield return $$"""{"type":"config","useAudioWorklet":false,"mode":"{{(_isDiff ? "diff" : "full")}}"}""";
        var (done, before, sequence) = (new List<string>(), new List<string>(), 0);
        var pieces = connection.Utterances.SelectMany(utterance => utterance.BySpeaker()).ToList();
        foreach (var piece in pieces)
        {
            foreach (var heard in piece.Interims())
            {
                var confirmed = heard.SkipLast(2).ToList();
                var buffer = Text(heard.Skip(confirmed.Count));
                yield return State(confirmed.Count == 0 ? done : [.. done, Line(confirmed)], buffer);
            }

            done.Add(Line(piece.Words));
            yield return State(done, "");
            done.Add($$"""{"speaker":-2,"text":null,"start":"{{Time(piece.End)}}","end":"{{Time(piece.End + 0.3)}}"}""");
        }

        yield return State(done, "");

        string State(IReadOnlyList<string> lines, string buffer)
        {
            var common = lines.Zip(before).TakeWhile(pair => pair.First == pair.Second).Count();
            before = [.. lines];
            sequence++;
            var head = !_isDiff ? $"\"lines\":[{string.Join(',', lines)}]"
                : sequence == 1 ? $"\"type\":\"snapshot\",\"seq\":1,\"lines\":[{string.Join(',', lines)}]"
                : $"\"type\":\"diff\",\"seq\":{sequence},\"n_lines\":{lines.Count},\"new_lines\":[{string.Join(',', lines.Skip(common))}]";
            return $$"""{"status":"active_transcription",{{head}},"buffer_transcription":{{Json(buffer.Length == 0 ? "" : " " + buffer)}},"buffer_diarization":"","buffer_translation":"","remaining_time_transcription":0.2,"remaining_time_diarization":0}""";
        }

        string Line(IReadOnlyList<SpokenWord> words) =>
            $$"""{"speaker":{{Number(words[0].Speaker) + 1}},"text":{{Json(" " + Text(words))}},"start":"{{Time(words[0].Start)}}","end":"{{Time(words[^1].End)}}"}""";

        string Time(double time) =>
            string.Create(CultureInfo.InvariantCulture, $"{TimeSpan.FromSeconds(time - connection.OpenedAt):h\\:mm\\:ss\\.ff}");
    }

    protected override IEnumerable<string> Goodbye() => ["""{"type":"ready_to_stop"}"""];
}
