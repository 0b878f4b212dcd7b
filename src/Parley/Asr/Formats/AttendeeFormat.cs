using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// Attendee, a bot in meetings: final utterances of participants, with dates and lengths. Read from github.com/attendee-labs/attendee
/// (bots/webhook_payloads.py).
/// </summary>
internal sealed class AttendeeFormat : IAsrFormat
{
    public string Name => "attendee";

    public string Description => "Attendee: the webhook transcript.update.";

    public string SampleMessage =>
        """{"idempotency_key":"k-1","bot_id":"bot_1","trigger":"transcript.update","data":{"speaker_name":"Ana","speaker_uuid":"u-1","speaker_user_uuid":null,"speaker_is_host":true,"timestamp_ms":1772445604180,"duration_ms":1220,"transcription":{"transcript":"Please cancel my plan."}}}""";

    // Times are dates.
    public bool ClockMayRestart => false;

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.Is("trigger", "transcript.update") && message.Json.IsObject("data")
            ? "its trigger is transcript.update"
            : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            var trigger = json.RequireText("trigger");
            if (trigger == "transcript.update") ReadUtterance(json.Object("data") ?? throw new AsrMessageException("data: missing"), updates);
            // What else a bot reports is no text.
            else if (!trigger.Contains('.', StringComparison.Ordinal)) updates.Report(AsrAnomaly.UnknownMessage);
        }

        private static void ReadUtterance(JsonElement data, AsrUpdates updates)
        {
            // An utterance that could not be transcribed has no text.
            if (data.Object("transcription")?.Text("transcript") is not { } text) return;
            var speaker = data.Label("speaker_uuid") ?? data.Text("speaker_name");
            var start = data.RequireMillis("timestamp_ms");
            updates.Add(new()
            {
                Key = string.Create(CultureInfo.InvariantCulture, $"{speaker}:{start:F3}"),
                Channel = speaker,
                Start = start,
                End = start + (data.Millis("duration_ms") ?? 0),
                Text = text,
                SpeakerId = SpeakerNames.Named(data.Text("speaker_name")) ?? speaker,
                IsFinal = true,
                EndOfTurn = true,
            });
        }
    }
}
