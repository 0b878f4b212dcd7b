using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>Reads segments as Whisper and what is built on it write them: final for their window, with words that may lack times.</summary>
internal static class WhisperSegments
{
    public static void Read(JsonElement segment, string? language, AsrUpdates updates)
    {
        var start = segment.RequireSeconds("start");
        foreach (var word in segment.Items("words"))
        {
            // WhisperX gives numbers no times.
            var confidence = word.Confidence("probability") ?? word.Confidence("score");
            updates.AddWord(
                word.RequireText("word").Trim(), word.Seconds("start"), word.Seconds("end"), SpeakerNames.In(word, "speaker"), confidence);
        }

        updates.Add(new()
        {
            Key = start.ToString("F2", CultureInfo.InvariantCulture),
            Start = start,
            End = segment.RequireSeconds("end"),
            Text = segment.RequireText("text"),
            SpeakerId = SpeakerNames.In(segment, "speaker"),
            Language = language,
            IsFinal = true,
        });
    }
}
