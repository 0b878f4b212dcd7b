using System.Text.Json.Nodes;

namespace Parley.Transcripts;

/// <summary>One row of the table of speakers.</summary>
public sealed class TranscriptSpeaker : TranscriptNode
{
    private static readonly string[] Order = ["id", "label", "total_speech_time", "num_segments"];

    /// <summary>Names a speaker.</summary>
    /// <param name="id">The id that segments have.</param>
    /// <param name="label">The name to show. Null when unknown.</param>
    public TranscriptSpeaker(string id, string? label = null) : base(new JsonObject { ["id"] = id, ["label"] = label }) { }

    internal TranscriptSpeaker(JsonNode json) : base(json) { }

    /// <summary>The id that segments have.</summary>
    public string Id { get => GetText("id") ?? ""; set => Set("id", value); }

    /// <summary>The name to show. Null when unknown.</summary>
    public string? Label { get => GetText("label"); set => Set("label", value); }

    /// <summary>How long they spoke, in seconds.</summary>
    public double TotalSpeechTime { get => GetNumber("total_speech_time"); set => SetNumber("total_speech_time", value); }

    /// <summary>How many segments they have.</summary>
    public int NumSegments { get => GetInteger("num_segments"); set => Set("num_segments", value); }

    private protected override IReadOnlyList<string> FieldOrder => Order;
}
