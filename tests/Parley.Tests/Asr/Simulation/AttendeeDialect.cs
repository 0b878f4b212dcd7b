using System.Globalization;

namespace Parley.Tests.Asr.Simulation;

/// <summary>Final utterances with a date and a length, and what else the bot reports.</summary>
internal sealed class AttendeeDialect : Dialect
{
    private const double Begin = 1_772_445_600_000;

    public AttendeeDialect() => HasSpeakers = true;

    public override string Format => "attendee";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        foreach (var piece in connection.Utterances.SelectMany(utterance => utterance.BySpeaker()))
        {
            yield return """{"idempotency_key":"k","bot_id":"bot_1","trigger":"participant_events.speech_start","data":{}}""";
            yield return $$$$"""{"idempotency_key":"k","bot_id":"bot_1","trigger":"transcript.update","data":{"speaker_name":"{{{{(piece.Speaker == "ana" ? "Ana" : "Ben")}}}}","speaker_uuid":"{{{{piece.Speaker}}}}","timestamp_ms":{{{{Whole(Begin + (piece.Start * 1000))}}}},"duration_ms":{{{{Whole((piece.End - piece.Start) * 1000)}}}},"transcription":{"transcript":{{{{Json(piece.Text)}}}}}}}""";
        }
    }

    private static string Whole(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
