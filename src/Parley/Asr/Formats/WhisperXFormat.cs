using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// Segments of WhisperX, aligned and diarized, one JSON object a line, or the result of a piece of audio in one line. Words that cannot be
/// aligned, as numbers, have no times. Read from github.com/m-bain/whisperX (schema.py).
/// </summary>
internal sealed class WhisperXFormat : IAsrFormat
{
    public string Name => "whisperx";

    public string Description => "WhisperX segments, or results with segments, as JSON lines.";

    public string SampleMessage =>
        """{"start":4.18,"end":5.4,"text":" Please cancel my plan.","words":[{"word":"Please","start":4.18,"end":4.42,"score":0.91,"speaker":"SPEAKER_00"},{"word":"cancel","start":4.5,"end":4.8,"score":0.93,"speaker":"SPEAKER_00"},{"word":"my","start":4.86,"end":5.0,"score":0.88,"speaker":"SPEAKER_00"},{"word":"plan.","start":5.08,"end":5.4,"score":0.9,"speaker":"SPEAKER_00"}],"speaker":"SPEAKER_00"}""";

    public bool ClockMayRestart => true;

    public bool KeysAreUnique => false;

    public bool FinalsOverlap => true;

    public bool RevisesAtEdges => true;

    public string? Recognise(AsrMessage message)
    {
        if (!message.IsObject || message.Json.Has("uid")) return null;
        if (message.Json.Has("word_segments") && message.Json.Has("segments")) return "it has segments and word_segments";
        return IsSegment(message.Json) ? "it has words with scores" : null;
    }

    public IAsrReader OpenReader() => new Reader();

    // A word without a time has no score, and the first words may be such.
    private static bool IsSegment(JsonElement json) =>
        json.Has("start") && json.Has("text") && !json.Has("avg_logprob")
        && json.Items("words").Any(word => word.ValueKind == JsonValueKind.Object && word.Has("word") && word.Has("score"));

    private sealed class Reader : IAsrReader
    {
        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            var language = json.Text("language");
            if (!json.Has("segments")) WhisperSegments.Read(json, language, updates);
            else foreach (var segment in json.Items("segments")) WhisperSegments.Read(segment, language, updates);
        }
    }
}
