using System.Text.Json.Nodes;

namespace Parley.Transcripts;

/// <summary>One row of the table of figures: those of one speaker.</summary>
public sealed class SpeakerStats : TranscriptNode
{
    private static readonly string[] Order =
    [
        "speaker_id", "total_talk_time", "num_segments", "num_words", "num_turns", "avg_turn_duration", "interruptions_initiated",
        "interruptions_received", "question_turns", "prosody_summary", "sentiment_summary", "annotations",
    ];

    /// <summary>Starts the figures of a speaker.</summary>
    /// <param name="speakerId">Whose they are.</param>
    public SpeakerStats(string speakerId) : base(new JsonObject { ["speaker_id"] = speakerId }) { }

    internal SpeakerStats(JsonNode json) : base(json) { }

    /// <summary>Whose figures they are.</summary>
    public string SpeakerId { get => GetText("speaker_id") ?? ""; set => Set("speaker_id", value); }

    /// <summary>How long they spoke, in seconds.</summary>
    public double TotalTalkTime { get => GetNumber("total_talk_time"); set => SetNumber("total_talk_time", value); }

    /// <summary>How many segments they have. Ours; slower-whisper ignores it.</summary>
    public int NumSegments { get => GetInteger("num_segments"); set => Set("num_segments", value); }

    /// <summary>How many words they said, split at white space. Ours; slower-whisper ignores it.</summary>
    public int NumWords { get => GetInteger("num_words"); set => Set("num_words", value); }

    /// <summary>How many turns they have.</summary>
    public int NumTurns { get => GetInteger("num_turns"); set => Set("num_turns", value); }

    /// <summary>How long their turns are on average, in seconds.</summary>
    public double AvgTurnDuration { get => GetNumber("avg_turn_duration"); set => SetNumber("avg_turn_duration", value); }

    /// <summary>How many of their turns started while another speaker's had not ended.</summary>
    public int InterruptionsInitiated { get => GetInteger("interruptions_initiated"); set => Set("interruptions_initiated", value); }

    /// <summary>How many of their turns another speaker started into.</summary>
    public int InterruptionsReceived { get => GetInteger("interruptions_received"); set => Set("interruptions_received", value); }

    /// <summary>How many of their turns ask something.</summary>
    public int QuestionTurns { get => GetInteger("question_turns"); set => Set("question_turns", value); }

    /// <summary>Medians of how they sound. Null when unknown.</summary>
    public JsonObject? ProsodySummary { get => Fields?["prosody_summary"] as JsonObject; set => Set("prosody_summary", value); }

    /// <summary>Shares of positive, neutral and negative, from 0 to 1. Null when unknown.</summary>
    public JsonObject? SentimentSummary { get => Fields?["sentiment_summary"] as JsonObject; set => Set("sentiment_summary", value); }

    private protected override IReadOnlyList<string> FieldOrder => Order;
}
