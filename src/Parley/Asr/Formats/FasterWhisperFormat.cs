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

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.Has("start") && message.Json.Has("text") && message.Json.Has("avg_logprob")
            ? "it has avg_logprob"
            : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        public void Read(AsrMessage message, AsrUpdates updates) =>
            WhisperSegments.Read(message.RequireObject(), language: null, updates);
    }
}
