using System.Text.Json.Nodes;

namespace Parley.Transcripts;

/// <summary>Who said a segment or a word: an object with an id, or plain text where the maker wrote no more.</summary>
public sealed class SpeakerRef : TranscriptNode
{
    private static readonly string[] Order = ["id", "label", "confidence"];

    /// <summary>Names a speaker.</summary>
    /// <param name="id">The speaker's id.</param>
    /// <param name="confidence">How sure the recogniser is, from 0 to 1. Null when it does not say.</param>
    public SpeakerRef(string id, double? confidence = null) : base(new JsonObject { ["id"] = id })
    {
        if (confidence is not null) Confidence = confidence;
    }

    internal SpeakerRef(JsonNode json) : base(json) { }

    /// <summary>The speaker's id. Null in an object that has only a label.</summary>
    public string? Id => Fields is null ? JsonValues.Text(Json) : GetText("id");

    /// <summary>The speaker's name, where it stands beside the id or in its place. Null when it does not.</summary>
    public string? Label => GetText("label");

    /// <summary>How sure the recogniser is, from 0 to 1. Null when it does not say.</summary>
    public double? Confidence
    {
        get => JsonValues.Number(Fields?["confidence"]);
        set => SetNumber("confidence", value);
    }

    private protected override IReadOnlyList<string> FieldOrder => Order;
}
