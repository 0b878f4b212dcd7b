using System.Text.Json.Nodes;

namespace Parley.Transcripts;

/// <summary>Neighbouring segments of one speaker.</summary>
public sealed class TranscriptTurn : TranscriptNode
{
    private static readonly string[] Order = ["id", "speaker_id", "start", "end", "segment_ids", "text", "metadata", "annotations"];

    /// <summary>Makes a turn.</summary>
    /// <param name="id">Its id, such as <c>turn_0</c>.</param>
    /// <param name="speakerId">Who speaks.</param>
    /// <param name="start">Where it starts, in seconds of audio time. Finite.</param>
    /// <param name="end">Where it ends, in seconds of audio time. Finite.</param>
    /// <param name="segmentIds">The numbers of its segments.</param>
    /// <param name="text">What was said.</param>
    public TranscriptTurn(string id, string? speakerId, double start, double end, IEnumerable<int> segmentIds, string text)
        : base(new JsonObject
        {
            ["id"] = id,
            ["speaker_id"] = speakerId,
            ["start"] = JsonValues.From(start, nameof(start)),
            ["end"] = JsonValues.From(end, nameof(end)),
            ["segment_ids"] = JsonValues.From(segmentIds),
            ["text"] = text,
        })
    {
    }

    internal TranscriptTurn(JsonNode json) : base(json) { }

    /// <summary>The turn's id, such as <c>turn_0</c>.</summary>
    public string Id { get => GetText("id") ?? ""; set => Set("id", value); }

    /// <summary>Who speaks. Null when nobody was named.</summary>
    public string? SpeakerId { get => GetText("speaker_id"); set => Set("speaker_id", value); }

    /// <summary>Where it starts, in seconds of audio time.</summary>
    public double Start { get => GetNumber("start"); set => SetNumber("start", value); }

    /// <summary>Where it ends, in seconds of audio time.</summary>
    public double End { get => GetNumber("end"); set => SetNumber("end", value); }

    /// <summary>The numbers of its segments.</summary>
    public IReadOnlyList<int> SegmentIds { get => GetIntegers("segment_ids"); set => Set("segment_ids", JsonValues.From(value)); }

    /// <summary>What was said.</summary>
    public string Text { get => GetText("text") ?? ""; set => Set("text", value); }

    /// <summary>Figures of the turn: questions, interruption, pauses, disfluency. Null when there are none.</summary>
    public JsonObject? Metadata { get => Fields?["metadata"] as JsonObject; set => Set("metadata", value); }

    private protected override IReadOnlyList<string> FieldOrder => Order;
}
