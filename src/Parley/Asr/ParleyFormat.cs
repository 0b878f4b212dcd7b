using System.Globalization;

namespace Parley.Asr;

/// <summary>Our own JSON lines: chunks, as slower-whisper has them, that may be interim and may carry an identity.</summary>
internal sealed class ParleyFormat : IAsrFormat
{
    public string Name => "parley";

    public string Description => "Parley's own JSON lines: start, end, text, speaker_id, and if you like is_final, end_of_turn, key, sequence.";

    public string SampleMessage => """{"start":4.1,"end":5.8,"text":"Please cancel my plan.","speaker_id":"spk_0","is_final":true,"key":"7"}""";

    public bool ClockMayRestart => false;

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.Has("start") && message.Json.Has("end") && message.Json.Has("text") ? "it has start, end and text" : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var chunk = message.RequireObject();
            var speaker = chunk.Text("speaker_id");
            var isFinal = !chunk.Has("is_final") || chunk.Flag("is_final");
            var key = chunk.Label("key");
            updates.Add(new()
            {
                Key = key ?? (isFinal && chunk.Integer("sequence") is { } sequence ? string.Create(CultureInfo.InvariantCulture, $"seq:{sequence}") : null),
                // Without a key, an interim is the open text of its speaker.
                Channel = key is null ? speaker : null,
                Delivery = key is null ? AsrDelivery.Snapshot : AsrDelivery.Replace,
                Start = chunk.RequireSeconds("start"),
                End = chunk.RequireSeconds("end"),
                Text = chunk.RequireText("text"),
                SpeakerId = speaker,
                IsFinal = isFinal,
                EndOfTurn = chunk.Flag("end_of_turn"),
            });
        }
    }
}
