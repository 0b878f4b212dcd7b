using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// Vexa: what is confirmed of a speaker's words, and what is pending. The two have different ids, and each message has all that is pending
/// of its speaker. Read from github.com/Vexa-ai/vexa (contracts ws.v1 and transcript.v1).
/// </summary>
internal sealed class VexaFormat : IAsrFormat
{
    public string Name => "vexa";

    public string Description => "Vexa: transcript bundles, transcription_segment, transcription.";

    public string SampleMessage =>
        """{"type":"transcript","meeting":{"id":42},"speaker":"Ana","confirmed":[{"segment_id":"s-1:ch-0:1:4180","speaker":"Ana","speaker_key":"ch-0:1","text":"Please cancel my plan.","start":4.18,"end":5.4,"language":"en","completed":true,"confidence":0.97,"words":[{"word":"Please","start":4.18,"end":4.42,"probability":0.99},{"word":"cancel","start":4.5,"end":4.8,"probability":0.99},{"word":"my","start":4.86,"end":5.0,"probability":0.99},{"word":"plan.","start":5.08,"end":5.4,"probability":0.99}]}],"pending":[],"ts":"2026-03-02T10:00:05.400Z"}""";

    public bool ClockMayRestart => true;

    public string? Recognise(AsrMessage message) =>
        !message.IsObject ? null
        : message.Json.Is("type", "transcript") && (message.Json.Has("confirmed") || message.Json.Has("pending"))
            ? "its type is transcript and it has confirmed or pending segments"
        : message.Json.Is("type", "transcription_segment") ? "its type is transcription_segment"
        : message.Json.Is("type", "transcription") && message.Json.Has("session_uid") ? "its type is transcription and it has a session_uid"
        : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        private const int MaxSpeakers = 64;

        // The id of what is pending, by its speaker.
        private readonly Dictionary<string, string?> _pending = [];

        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            switch (json.RequireText("type"))
            {
                case "transcript": ReadBundle(json, updates); break;
                case "transcription_segment": ReadSegment(json, json.Flag("completed"), updates); break;
                case "transcription":
                    foreach (var segment in json.Items("segments")) ReadSegment(segment, isFinal: true, updates);
                    break;
                case "transcript_retract":
                    foreach (var id in json.Items("segment_ids")) Withdraw(id.GetString(), updates);
                    break;
                case "session_end": updates.EndConnection(); break;
                case "error": updates.Report(AsrAnomaly.RecogniserError, json.Label("error")); break;
                case "session_start" or "meeting.status" or "chat_message" or "subscribed" or "unsubscribed" or "pong": break;
                default: updates.Report(AsrAnomaly.UnknownMessage); break;
            }
        }

        private void Withdraw(string? id, AsrUpdates updates)
        {
            foreach (var (speaker, pending) in _pending)
            {
                if (pending != id) continue;
                updates.Add(new() { Channel = speaker.Length == 0 ? null : speaker, Delivery = AsrDelivery.Snapshot, Text = "" });
            }
        }

        private void ReadBundle(JsonElement json, AsrUpdates updates)
        {
            if (_pending.Count >= MaxSpeakers) _pending.Clear();
            foreach (var segment in json.Items("confirmed")) ReadSegment(segment, isFinal: true, updates);
            var pending = json.Items("pending").Where(segment => !segment.Is("source", "chat")).ToList();
            foreach (var own in pending.GroupBy(SpeakerOf))
            {
                _pending[own.Key ?? ""] = own.First().Text("segment_id");
                updates.Add(UpdateOf(own.First()) with
                {
                    // It will be confirmed under another.
                    Key = null,
                    Text = string.Join(' ', own.Select(segment => segment.RequireText("text").Trim())),
                    End = EndOf(own.Last()),
                });
            }

            var speaker = SpeakerNames.Named(json.Text("speaker"));
            if (pending.TrueForAll(segment => SpeakerOf(segment) != speaker))
                updates.Add(new() { Channel = speaker, Delivery = AsrDelivery.Snapshot, Text = "" });
        }

        private static void ReadSegment(JsonElement segment, bool isFinal, AsrUpdates updates)
        {
            // What was written in the meeting was not said.
            if (segment.Is("source", "chat")) return;
            foreach (var word in isFinal ? segment.Items("words") : default)
            {
                updates.AddWord(
                    word.RequireText("word").Trim(), word.Seconds("start"), word.Seconds("end"), null, word.Confidence("probability"));
            }

            updates.Add(UpdateOf(segment) with { IsFinal = isFinal });
        }

        private static AsrUpdate UpdateOf(JsonElement segment) => new()
        {
            Key = segment.Text("segment_id") ?? segment.Text("absolute_start_time"),
            Channel = SpeakerOf(segment),
            Delivery = AsrDelivery.Snapshot,
            Start = segment.Seconds(segment.NameOf("start", "start_time")) ?? segment.Date("absolute_start_time"),
            End = EndOf(segment),
            Text = segment.RequireText("text"),
            Language = segment.Text("language"),
            Confidence = segment.Confidence("confidence"),
            SpeakerId = SpeakerOf(segment),
        };

        private static double? EndOf(JsonElement segment) =>
            segment.Seconds(segment.NameOf("end", "end_time")) ?? segment.Date("absolute_end_time");

        private static string? SpeakerOf(JsonElement segment) => SpeakerNames.Named(segment.Text("speaker"));
    }
}
