using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// Gladia real time (v2): utterances with an id, partial and final, as messages of the socket or as callbacks. Read from
/// https://docs.gladia.io/api-reference/v2/live/websocket.
/// </summary>
internal sealed class GladiaFormat : IAsrFormat
{
    public string Name => "gladia";

    public string Description => "Gladia real time (v2): transcript messages, and live.transcript callbacks.";

    public string SampleMessage =>
        """{"session_id":"s-1","created_at":"2026-03-02T10:00:05.900Z","type":"transcript","data":{"id":"00_00000004","is_final":true,"utterance":{"text":"Please cancel my plan.","start":4.18,"end":5.4,"language":"en","channel":0,"confidence":0.98,"words":[{"word":"Please","start":4.18,"end":4.42,"confidence":0.99},{"word":" cancel","start":4.5,"end":4.8,"confidence":0.99},{"word":" my","start":4.86,"end":5.0,"confidence":0.99},{"word":" plan.","start":5.08,"end":5.4,"confidence":0.99}]}}}""";

    public bool ClockMayRestart => true;

    public string? Recognise(AsrMessage message) =>
        !message.IsObject ? null
        : Body(message.Json) is { } json && json.Is("type", "transcript") && json.IsObject("data")
            && json.Object("data")!.Value.IsObject("utterance") ? "its type is transcript and its data an utterance"
        : message.Json.Has("session_id") && message.Json.Has("created_at") && message.Json.IsText("type")
            ? "it has a session_id, created_at and a type"
            : null;

    public IAsrReader OpenReader() => new Reader();

    private static JsonElement? Body(JsonElement json) =>
        json.IsText("event") && json.Text("event")!.StartsWith("live.", StringComparison.Ordinal) ? json.Object("payload") : json;

    private sealed class Reader : IAsrReader
    {
        private bool _isMultichannel;

        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = Body(message.RequireObject()) ?? throw new AsrMessageException("payload: missing");
            if (json.Object("error") is { } error)
            {
                updates.Report(AsrAnomaly.RecogniserError, error.Label("status_code") ?? error.Label("exception"));
                return;
            }

            if (json.Text("session_id") is { } session) updates.OfConnection(session);
            switch (json.RequireText("type"))
            {
                case "transcript": ReadTranscript(json.Object("data") ?? throw new AsrMessageException("data: missing"), updates); break;
                case "end_session": updates.EndConnection(); break;
                case "speech_start" or "speech_end" or "audio_chunk" or "stop_recording": break;
                case "start_session" or "start_recording" or "end_recording": break;
                case "translation" or "named_entity_recognition" or "sentiment_analysis": break;
                case var other when other.StartsWith("post_", StringComparison.Ordinal): break;
                default: updates.Report(AsrAnomaly.UnknownMessage); break;
            }
        }

        private void ReadTranscript(JsonElement data, AsrUpdates updates)
        {
            var utterance = data.Object("utterance") ?? throw new AsrMessageException("utterance: missing");
            var number = utterance.Integer("channel") ?? 0;
            // A single channel is called 0, too.
            _isMultichannel |= number > 0;
            var channel = _isMultichannel ? string.Create(CultureInfo.InvariantCulture, $"ch_{number}") : null;
            var start = utterance.RequireSeconds("start");
            var isFinal = data.Flag("is_final");
            foreach (var word in isFinal ? utterance.Items("words") : default)
            {
                var text = word.RequireText("word").Trim();
                updates.AddWord(text, word.Seconds("start"), word.Seconds("end"), null, word.Confidence("confidence"));
            }

            updates.Add(new()
            {
                Key = data.Text("id") ?? string.Create(CultureInfo.InvariantCulture, $"{number}:{start:F3}"),
                Channel = channel,
                Delivery = AsrDelivery.Snapshot,
                Start = start,
                End = utterance.RequireSeconds("end"),
                Text = utterance.RequireText("text"),
                Language = utterance.Text("language"),
                Confidence = utterance.Confidence("confidence"),
                SpeakerId = SpeakerNames.OnChannel(channel, SpeakerNames.Labelled(utterance.Label("speaker"))),
                IsFinal = isFinal,
                EndOfTurn = isFinal,
            });
        }
    }
}
