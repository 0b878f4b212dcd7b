using System.Text.Json.Nodes;
using Parley.Transcripts;

namespace Parley.Turns;

/// <summary>Turns as the offline document has them.</summary>
public static class TurnDocument
{
    /// <summary>A row for the document's table of turns, with metadata where the turn has it.</summary>
    public static TranscriptTurn ToTranscriptTurn(this Turn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var row = new TranscriptTurn(turn.Id, turn.SpeakerId, turn.Start, turn.End, turn.SegmentIds, turn.Text);
        if (turn.Metadata is { } metadata) row.Metadata = metadata.ToJson();
        return row;
    }

    internal static JsonObject ToJson(this TurnMetadata metadata) => new()
    {
        ["question_count"] = metadata.QuestionCount,
        ["interruption_started_here"] = metadata.InterruptionStartedHere,
        ["avg_pause_ms"] = Figure(metadata.AvgPauseMs),
        ["disfluency_ratio"] = Figure(metadata.DisfluencyRatio),
    };

    private static JsonNode? Figure(double? value) => value is { } figure ? JsonValues.From(figure, nameof(value)) : null;
}
