using System.Text.Json.Nodes;

namespace Parley.Transcripts;

/// <summary>
/// A piece of the conversation cut for retrieval. Not the chunk of a stream: that is recognised text on its way in.
/// </summary>
public sealed class TranscriptChunk : TranscriptNode
{
    private static readonly string[] Order =
    [
        "id", "start", "end", "segment_ids", "turn_ids", "speaker_ids", "token_count_estimate", "text", "crosses_turn_boundary",
        "turn_boundary_count", "has_rapid_turn_taking", "has_overlapping_speech", "annotations",
    ];

    /// <summary>Makes a chunk; what else it has is set by its properties.</summary>
    /// <param name="id">Its id, such as <c>chunk_0</c>.</param>
    /// <param name="start">Where it starts, in seconds of audio time. Finite.</param>
    /// <param name="end">Where it ends, in seconds of audio time. Finite.</param>
    /// <param name="text">Its text.</param>
    public TranscriptChunk(string id, double start, double end, string text)
        : base(new JsonObject
        {
            ["id"] = id,
            ["start"] = JsonValues.From(start, nameof(start)),
            ["end"] = JsonValues.From(end, nameof(end)),
            ["segment_ids"] = new JsonArray(),
            ["turn_ids"] = new JsonArray(),
            ["speaker_ids"] = new JsonArray(),
            ["token_count_estimate"] = 0,
            ["text"] = text,
            ["crosses_turn_boundary"] = false,
            ["turn_boundary_count"] = 0,
            ["has_rapid_turn_taking"] = false,
            ["has_overlapping_speech"] = false,
        })
    {
    }

    internal TranscriptChunk(JsonNode json) : base(json) { }

    /// <summary>The chunk's id, such as <c>chunk_0</c>.</summary>
    public string Id { get => GetText("id") ?? ""; set => Set("id", value); }

    /// <summary>Where it starts, in seconds of audio time.</summary>
    public double Start { get => GetNumber("start"); set => SetNumber("start", value); }

    /// <summary>Where it ends, in seconds of audio time.</summary>
    public double End { get => GetNumber("end"); set => SetNumber("end", value); }

    /// <summary>The numbers of its segments.</summary>
    public IReadOnlyList<int> SegmentIds { get => GetIntegers("segment_ids"); set => Set("segment_ids", JsonValues.From(value)); }

    /// <summary>The ids of its turns.</summary>
    public IReadOnlyList<string> TurnIds { get => GetTexts("turn_ids"); set => Set("turn_ids", JsonValues.From(value)); }

    /// <summary>The ids of its speakers.</summary>
    public IReadOnlyList<string> SpeakerIds { get => GetTexts("speaker_ids"); set => Set("speaker_ids", JsonValues.From(value)); }

    /// <summary>About how many tokens a language model will count.</summary>
    public int TokenCountEstimate { get => GetInteger("token_count_estimate"); set => Set("token_count_estimate", value); }

    /// <summary>Its text.</summary>
    public string Text { get => GetText("text") ?? ""; set => Set("text", value); }

    /// <summary>Whether it starts or ends inside a turn, or holds the border of two.</summary>
    public bool CrossesTurnBoundary { get => GetFlag("crosses_turn_boundary"); set => Set("crosses_turn_boundary", value); }

    /// <summary>How many borders of turns are in it.</summary>
    public int TurnBoundaryCount { get => GetInteger("turn_boundary_count"); set => Set("turn_boundary_count", value); }

    /// <summary>Whether speakers alternate fast in it.</summary>
    public bool HasRapidTurnTaking { get => GetFlag("has_rapid_turn_taking"); set => Set("has_rapid_turn_taking", value); }

    /// <summary>Whether people talk over each other in it.</summary>
    public bool HasOverlappingSpeech { get => GetFlag("has_overlapping_speech"); set => Set("has_overlapping_speech", value); }

    private protected override IReadOnlyList<string> FieldOrder => Order;
}
