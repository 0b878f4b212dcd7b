using System.Globalization;

namespace Parley.Asr;

/// <summary>
/// Segments of faster-whisper, one JSON object a line. All of them are final for their window; where windows overlap, words are known by
/// their time.
/// </summary>
internal sealed class FasterWhisperFormat : IAsrFormat
{
    public string Name => "faster-whisper";

    public string Description => "faster-whisper segments as JSON lines.";

    public string SampleMessage =>
        """{"id":3,"seek":580,"start":4.1,"end":5.8,"text":" Please cancel my plan.","tokens":[50363],"avg_logprob":-0.21,"compression_ratio":1.31,"no_speech_prob":0.03,"temperature":0.0,"words":[{"start":4.18,"end":4.42,"word":" Please","probability":0.95},{"start":4.5,"end":4.8,"word":" cancel","probability":0.95},{"start":4.86,"end":5.0,"word":" my","probability":0.95},{"start":5.08,"end":5.4,"word":" plan.","probability":0.95}]}""";

    public bool ClockMayRestart => true;

    public bool KeysAreUnique => false;

    public bool FinalsOverlap => true;

    public bool RevisesAtEdges => true;

    public string? Recognise(AsrMessage message)
    {
        if (!message.IsObject || !message.Json.Has("start") || !message.Json.Has("text")) return null;
        if (message.Json.Has("avg_logprob")) return "it has avg_logprob";
        return message.Json.FirstItem("words") is { } word && word.Has("word") && word.Has("score")
            ? "it has words with scores, as WhisperX writes them"
            : null;
    }

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var segment = message.RequireObject();
            var start = segment.RequireSeconds("start");
            foreach (var word in segment.Items("words"))
            {
                // WhisperX gives numbers no times.
                var confidence = word.Confidence("probability") ?? word.Confidence("score");
                updates.AddWord(
                    word.RequireText("word").Trim(), word.Seconds("start"), word.Seconds("end"), SpeakerNames.In(word, "speaker"),
                    confidence);
            }

            updates.Add(new()
            {
                Key = start.ToString("F2", CultureInfo.InvariantCulture),
                Start = start,
                End = segment.RequireSeconds("end"),
                Text = segment.RequireText("text"),
                SpeakerId = SpeakerNames.In(segment, "speaker"),
                IsFinal = true,
            });
        }
    }
}
