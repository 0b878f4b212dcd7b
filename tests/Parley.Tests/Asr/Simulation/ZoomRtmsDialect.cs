using System.Globalization;

namespace Parley.Tests.Asr.Simulation;

/// <summary>Final text with the date on which it was sent, and nothing before it.</summary>
internal sealed class ZoomRtmsDialect : Dialect
{
    private const double Begin = 1_772_445_600_000;

    public ZoomRtmsDialect() => HasSpeakers = true;

    public override string Format => "zoom-rtms";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        yield return """{"msg_type":4,"status_code":0}""";
        foreach (var piece in connection.Utterances.SelectMany(utterance => utterance.BySpeaker()))
        {
            yield return """{"msg_type":12,"timestamp":1772445600000}""";
            yield return $$$"""{"msg_type":17,"content":{"user_id":{{{16778240 + (Number(piece.Speaker) * 1024)}}},"user_name":"{{{(piece.Speaker == "ana" ? "Ana" : "Ben")}}}","data":{{{Json(piece.Text)}}},"timestamp":{{{(Begin + (piece.End * 1000)).ToString("0", CultureInfo.InvariantCulture)}}}}}""";
        }
    }
}
