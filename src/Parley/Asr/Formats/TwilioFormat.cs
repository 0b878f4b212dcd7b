using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// Twilio Real-Time Transcription: the fields of its callbacks as a JSON object. It tells when an event was sent, and not when its words
/// were said: a text ends then, and its start is reckoned from its length. Read from https://www.twilio.com/docs/voice/twiml/transcription.
/// </summary>
internal sealed class TwilioFormat : IAsrFormat
{
    public string Name => "twilio";

    public string Description => "Twilio Real-Time Transcription: the fields of its callbacks as JSON.";

    public string SampleMessage =>
        """{"LanguageCode":"en-US","TranscriptionSid":"GT1","TranscriptionEvent":"transcription-content","CallSid":"CA1","TranscriptionData":"{\"transcript\":\"Please cancel my plan.\",\"confidence\":0.97}","Timestamp":"2026-03-02T10:00:05.400Z","Final":"true","AccountSid":"AC1","Track":"inbound_track","SequenceId":"5"}""";

    // Times are dates.
    public bool ClockMayRestart => false;

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.IsText("TranscriptionEvent") ? "it has a TranscriptionEvent" : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        private const int MaxTracks = 2;

        // The number of the last final of each track: what changed before it is done.
        private readonly Dictionary<string, long> _finals = [];
        private string? _session;

        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            switch (json.RequireText("TranscriptionEvent"))
            {
                case "transcription-content": ReadContent(json, updates); break;
                case "transcription-started": break;
                case "transcription-stopped": updates.EndConnection(); break;
                case "transcription-error": updates.Report(AsrAnomaly.RecogniserError, json.Label("TranscriptionErrorCode")); break;
                default: updates.Report(AsrAnomaly.UnknownMessage); break;
            }
        }

        private void ReadContent(JsonElement json, AsrUpdates updates)
        {
            var session = json.Text("TranscriptionSid");
            if (session != _session) _finals.Clear();
            _session = session;
            var track = json.RequireText("Track");
            var number = json.Label("SequenceId") ?? throw new AsrMessageException("SequenceId: missing");
            var isFinal = json.Is("Final", "true");
            if (long.TryParse(number, CultureInfo.InvariantCulture, out var sequence))
            {
                if (!isFinal && sequence < _finals.GetValueOrDefault(track))
                {
                    updates.Report(AsrAnomaly.Stale, "SequenceId ran back");
                    return;
                }

                if (isFinal && (_finals.Count < MaxTracks || _finals.ContainsKey(track))) _finals[track] = sequence;
            }

            using var data = JsonDocument.Parse(json.RequireText("TranscriptionData"));
            var text = data.RootElement.RequireText("transcript");
            var end = json.Date("Timestamp");
            updates.Add(new()
            {
                // Each event has a number of its own, an interim another than its final.
                Key = isFinal ? $"{session}:{number}" : null,
                Channel = track,
                Delivery = AsrDelivery.Snapshot,
                // The start that is reckoned for a text would move while the text grows.
                Start = isFinal && end is { } ready ? JsonTimes.StartOf(text, ready) : null,
                End = isFinal ? end : null,
                Text = text,
                Language = json.Text("LanguageCode"),
                Confidence = data.RootElement.Confidence("confidence"),
                SpeakerId = track,
                IsFinal = isFinal,
                EndOfTurn = isFinal,
            });
        }
    }
}
