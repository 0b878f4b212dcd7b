using System.Globalization;

namespace Parley.Tests.Asr.Simulation;

/// <summary>As the contract says: text that changes, and then text that does not. Who spoke is among the additional properties.</summary>
internal sealed class MeaiDialect : Dialect
{
    public MeaiDialect() => HasSpeakers = true;

    public override string Format => "meai";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        yield return """{"kind":"sessionopen","contents":[]}""";
        foreach (var piece in connection.Utterances.SelectMany(utterance => utterance.BySpeaker()))
        {
            foreach (var heard in piece.Interims()) yield return Update("textupdating", heard);
            yield return Update("textupdated", piece.Words);
        }

        yield return """{"kind":"sessionclose","contents":[]}""";

        string Update(string kind, IReadOnlyList<SpokenWord> words) =>
            $$$"""{"kind":"{{{kind}}}","responseId":"r-{{{connection.Number}}}","startTime":"{{{Time(words[0].Start)}}}","endTime":"{{{Time(words[^1].End)}}}","contents":[{"$type":"text","text":{{{Json(Text(words))}}}}],"additionalProperties":{"speaker_id":"{{{words[0].Speaker}}}"}}""";

        string Time(double time) => TimeSpan.FromSeconds(Math.Round(time - connection.OpenedAt, 2)).ToString("c", CultureInfo.InvariantCulture);
    }
}
