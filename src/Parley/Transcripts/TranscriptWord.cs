using System.Text.Json.Nodes;

namespace Parley.Transcripts;

/// <summary>One word of a segment.</summary>
public sealed class TranscriptWord : TranscriptNode
{
    private static readonly string[] Order = ["word", "start", "end", "probability", "speaker"];

    /// <summary>Makes a word.</summary>
    /// <param name="text">The word, with the white space before it if the recogniser gives it.</param>
    /// <param name="start">Where it starts, in seconds of audio time. Finite.</param>
    /// <param name="end">Where it ends, in seconds of audio time. Finite.</param>
    /// <param name="probability">How sure the recogniser is, from 0 to 1; null leaves the field out. 1 by default.</param>
    public TranscriptWord(string text, double start, double end, double? probability = 1)
        : base(new JsonObject
        {
            ["word"] = text,
            ["start"] = JsonValues.From(start, nameof(start)),
            ["end"] = JsonValues.From(end, nameof(end)),
        })
    {
        if (probability is not null) SetNumber("probability", probability);
    }

    internal TranscriptWord(JsonNode json) : base(json) { }

    /// <summary>The word; <c>word</c> in the JSON.</summary>
    public string Text { get => GetText("word") ?? ""; set => Set("word", value); }

    /// <summary>Where it starts, in seconds of audio time. 0 when unknown.</summary>
    public double Start { get => GetNumber("start"); set => SetNumber("start", value); }

    /// <summary>Where it ends, in seconds of audio time. 0 when unknown.</summary>
    public double End { get => GetNumber("end"); set => SetNumber("end", value); }

    /// <summary>How sure the recogniser is, from 0 to 1. 1 when unknown.</summary>
    public double Probability { get => GetNumber("probability", 1); set => SetNumber("probability", value); }

    /// <summary>Who said it, where it is known for the word. Null when it is not.</summary>
    public SpeakerRef? Speaker
    {
        get => Fields?["speaker"] is { } json ? new SpeakerRef(json) : null;
        set => Set("speaker", value?.Json);
    }

    private protected override IReadOnlyList<string> FieldOrder => Order;
}
