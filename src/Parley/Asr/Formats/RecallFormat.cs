using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// Recall.ai, real-time transcription of a meeting: each participant is a line of its own. Read from
/// https://docs.recall.ai/docs/bot-real-time-transcription and github.com/recallai/sample-apps.
/// </summary>
internal sealed class RecallFormat : IAsrFormat
{
    public string Name => "recall";

    public string Description => "Recall.ai real time: transcript.data and transcript.partial_data.";

    public string SampleMessage =>
        """{"event":"transcript.data","data":{"data":{"words":[{"text":"Please","start_timestamp":{"relative":4.18,"absolute":"2026-03-02T10:00:04.180Z"},"end_timestamp":{"relative":4.42}},{"text":"cancel","start_timestamp":{"relative":4.5},"end_timestamp":{"relative":4.8}},{"text":"my","start_timestamp":{"relative":4.86},"end_timestamp":{"relative":5.0}},{"text":"plan.","start_timestamp":{"relative":5.08},"end_timestamp":{"relative":5.4}}],"language_code":"en","participant":{"id":100,"name":"Ana","is_host":true,"platform":"desktop","extra_data":null}},"transcript":{"id":"t-1","metadata":{}},"recording":{"id":"r-1","metadata":{}},"bot":{"id":"b-1","metadata":{}}}}""";

    public bool ClockMayRestart => true;

    public bool KeysAreUnique => false;

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.IsText("event") && message.Json.IsObject("data")
        && message.Json.Text("event") is "transcript.data" or "transcript.partial_data"
            ? "its event is " + message.Json.Text("event")
            : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            var name = json.RequireText("event");
            if (name is "transcript.data" or "transcript.partial_data")
                ReadTranscript(json.Object("data") ?? throw new AsrMessageException("data: missing"), name == "transcript.data", updates);
            // What else a bot reports, and what its provider sent, are no text.
            else if (!name.StartsWith("participant_events.", StringComparison.Ordinal) && name != "transcript.provider_data")
                updates.Report(AsrAnomaly.UnknownMessage);
        }

        private static void ReadTranscript(JsonElement data, bool isFinal, AsrUpdates updates)
        {
            if (data.Object("recording")?.Text("id") is { } recording) updates.OfConnection(recording);
            var said = data.Object("data") ?? throw new AsrMessageException("data.data: missing");
            var participant = said.Object("participant");
            var channel = participant?.Label("id") ?? participant?.Text("name");
            var words = said.Items("words").Select(WordOf).ToList();
            var (start, end) = words.Count == 0 ? (null, null) : (words[0].Start, words[^1].End ?? words[^1].Start);
            foreach (var word in isFinal ? words : []) updates.AddWord(word.Text, word.Start, word.End);
            updates.Add(new()
            {
                Key = start is null ? null : string.Create(CultureInfo.InvariantCulture, $"{channel}:{start:F2}"),
                Channel = channel,
                Delivery = AsrDelivery.Snapshot,
                Start = start,
                End = end,
                Text = string.Join(' ', words.Select(word => word.Text)),
                Language = said.Text("language_code"),
                SpeakerId = SpeakerNames.Named(participant?.Text("name")) ?? channel,
                IsFinal = isFinal,
                EndOfTurn = isFinal,
            });
        }

        private static (string Text, double? Start, double? End) WordOf(JsonElement word) => (
            word.RequireText("text").Trim(),
            word.Object("start_timestamp")?.Seconds("relative"),
            word.Object("end_timestamp")?.Seconds("relative"));
    }
}
