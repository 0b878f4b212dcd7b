using System.Text.Json.Nodes;
using Parley.Transcripts;

namespace Parley.Context;

public static partial class TranscriptText
{
    /// <summary>The turns with their figures, one line each:
    /// <c>[00:00:02.9-00:00:06.2 | spk_1 | question_count=1 | disfluency=0.12] Is the slipway free?</c></summary>
    /// <param name="transcript">The conversation. Without turns its segments are shown as <see cref="Segment"/> does.</param>
    /// <param name="audioCues">Whether to say how it sounded. Default true.</param>
    /// <param name="timestamps">Whether to say when each turn starts and ends. Default true.</param>
    /// <param name="labels">Names to show for speaker ids; null shows the ids.</param>
    public static string TurnView(
        Transcript transcript, bool audioCues = true, bool timestamps = true, IReadOnlyDictionary<string, string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        if (transcript.Turns is not { Count: > 0 } turns)
            return Conversation(transcript, byTurns: false, audioCues, timestamps, header: false, labels);

        var segments = SegmentsById(transcript);
        return string.Join('\n', turns.Select(Line).Where(line => line.Length > 0));

        string Line(TranscriptTurn turn)
        {
            List<string> cues = [];
            if (timestamps)
                cues.Add($"{PreciseClock(turn.Start)}-{PreciseClock(turn.Json["end"] is null ? turn.Start : turn.End)}");
            if (Label(turn.SpeakerId, labels) is { } speaker)
                cues.Add(speaker);
            cues.AddRange(Figures(turn.Metadata is { Count: > 0 } metadata ? metadata : turn.Json["meta"] as JsonObject ?? []));
            if (audioCues && AudioCues(turn, segments) is { Count: > 0 } sounds)
                cues.Add($"audio={string.Join(", ", sounds)}");
            return $"{(cues.Count > 0 ? $"[{string.Join(" | ", cues)}] " : "")}{turn.Text.Trim()}".TrimEnd();
        }
    }

    /// <summary>The figures of each speaker, one line each.</summary>
    /// <param name="transcript">The conversation.</param>
    /// <param name="labels">Names to show for speaker ids; null shows the ids.</param>
    public static string Speakers(Transcript transcript, IReadOnlyDictionary<string, string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        var lines = transcript.SpeakerStats is { Count: > 0 } table
            ? table.Select(Line)
            : ["- Analytics not available (enable_speaker_stats to populate)"];
        return string.Join('\n', ["Speaker stats summary:", .. lines]);

        string Line(SpeakerStats stats) => string.Join("; ", [
            $"- {Label(stats.SpeakerId, labels) ?? "unknown"}: {FixedPoint.Format(stats.TotalTalkTime, 1)}s across "
            + $"{Number(stats.NumTurns)} turns (avg {FixedPoint.Format(stats.AvgTurnDuration, 1)}s)",
            $"{Number(stats.InterruptionsInitiated)} interruptions started, {Number(stats.InterruptionsReceived)} received",
            $"{Number(stats.QuestionTurns)} question turns",
            .. Sound(stats),
        ]);
    }

    private static IEnumerable<string> Figures(JsonObject metadata)
    {
        if (metadata.ContainsKey("question_count"))
            yield return $"question_count={Whole(metadata, "question_count")}";
        if (metadata["interruption_started_here"] is JsonValue flag && flag.TryGetValue(out bool interrupted) && interrupted)
            yield return "interruption_started_here=true";
        if (metadata["avg_pause_ms"] is not null)
            yield return $"avg_pause_ms={Whole(metadata, "avg_pause_ms")}";
        if (Figure(metadata, "disfluency_ratio") is { } ratio)
            yield return $"disfluency={FixedPoint.Format(ratio, 2)}";
    }

    private static IEnumerable<string> Sound(SpeakerStats stats)
    {
        if (Figure(stats.ProsodySummary, "pitch_median_hz") is { } pitch)
            yield return $"pitch~={FixedPoint.Format(pitch, 0)}Hz";
        if (Figure(stats.ProsodySummary, "energy_median_db") is { } energy)
            yield return $"energy~={FixedPoint.Format(energy, 1)}dB";
        var positive = Figure(stats.SentimentSummary, "positive");
        var negative = Figure(stats.SentimentSummary, "negative");
        if ((positive ?? negative) is not null)
            yield return $"sentiment+={FixedPoint.Format(positive ?? 0, 2)}/-={FixedPoint.Format(negative ?? 0, 2)}";
    }

    private static string Whole(JsonObject figures, string name) => Number((long)(Figure(figures, name) ?? 0));

    private static double? Figure(JsonObject? figures, string name) =>
        figures?[name] is JsonValue value && value.TryGetValue(out double figure) ? figure : null;
}
