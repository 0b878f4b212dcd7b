using System.Text.Json.Serialization;
using Parley.Asr;
using Parley.Context;
using Parley.Languages;
using Parley.Routing;
using Parley.Streaming;
using Parley.Turns;

namespace Parley.Conversations.Rules;

/// <summary>How one conversation is read. Stored as its first fact, so that a replay reads it the same way.</summary>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range; thrown when a conversation opens with it.</exception>
public sealed record ConversationSettings
{
    /// <summary>The largest <see cref="IdleFinalSec"/>: a day.</summary>
    public const double MaxIdleFinalSec = 86_400;

    /// <summary>The shortest pause, in seconds, on which a predicted end of turn closes a segment if the settings name none.</summary>
    public const double DefaultEndOfTurnPauseSec = 0.7;

    /// <summary>The longest pause within a segment, in seconds of audio time. Any finite number. Default 1.0.</summary>
    public double MaxGapSec { get; init; } = 1.0;

    /// <summary>What to do with overlapping chunks. Default <see cref="OverlapMode.Lanes"/>.</summary>
    public OverlapMode Overlap { get; init; } = OverlapMode.Lanes;

    /// <summary>The longest segment, in seconds of audio time, more than 0. Default 60.</summary>
    public double MaxSegmentSec { get; init; } = 60;

    /// <summary>The pause, in seconds of audio time, that ends a turn; at least 0. Default 2.0.</summary>
    public double TurnGapSec { get; init; } = 2.0;

    /// <summary>How long a speaker may be silent, in seconds of wall time, before their segment closes; more than 0 and at
    /// most <see cref="MaxIdleFinalSec"/>. Default 2.0.</summary>
    public double IdleFinalSec { get; init; } = 2.0;

    /// <summary>The most segments in the context window, at least 1. Default 10.</summary>
    public int ContextSegments { get; init; } = 10;

    /// <summary>How far back the context window reaches, in seconds of audio time; at least 0. Default 120.</summary>
    public double ContextSec { get; init; } = 120;

    /// <summary>The most tokens that the context window has when it is rendered, estimated, at least 1. Default null: no limit.</summary>
    // Left out where there is none, as in logs from before there was such a setting.
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ContextTokens { get; init; }

    /// <summary>A summary is due after this many final segments, at least 2. Default 5.</summary>
    public int SummaryEverySegments { get; init; } = 5;

    /// <summary>A summary is due after this much audio time, in seconds, more than 0. Default 30.</summary>
    public double SummaryEverySec { get; init; } = 30;

    /// <summary>
    /// The workflows whose work somebody does. Every segment is routed and told, but only the work of these is waited for. Default: none.
    /// </summary>
    public IReadOnlyList<Workflow> Workflows { get; init; } = [];

    /// <summary>Whether what must not be stored or sent on is taken out of what people said, before it is a fact. Default false.</summary>
    // Left out where it is off, as in logs from before there was such a setting.
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Redact { get; init; }

    /// <summary>
    /// Gets whether text that a recogniser showed and then took back is committed. Default false: it is recorded as withdrawn.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool CommitWithdrawn { get; init; }

    /// <summary>
    /// Gets how many words in a row that a recogniser labels as another speaker's are given to the speaker around them, 0 to 5. Default 0.
    /// See <see cref="AsrConfig.SmoothSpeakerWords"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int SmoothSpeakerWords { get; init; }

    /// <summary>Gets the name of the model that does the work of this conversation. Default: null, the one that is set for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    /// <summary>Gets the temperature that the model is asked with, from 0 to 2. Default: null, the one that is set for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ModelTemperature { get; init; }

    /// <summary>Gets the most tokens of an answer of the model, at least 1. Default: null, the limit that is set for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ModelOutputTokens { get; init; }

    /// <summary>
    /// Gets the probability, 0.5 to 0.99, from which a predicted end of turn closes the speaker's segment. Default null: hints only.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CloseOnEndOfTurn { get; init; }

    /// <summary>
    /// Gets the shortest pause on which <see cref="CloseOnEndOfTurn"/> acts, in seconds of wall time, 0.2 to 5. Default null, for
    /// <see cref="DefaultEndOfTurnPauseSec"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? EndOfTurnPauseSec { get; init; }

    /// <summary>
    /// Gets the language that is spoken, as a tag of BCP 47 such as <c>de</c> or <c>pt-BR</c>; its primary subtag decides. Default: null,
    /// as the recogniser names it, or as the first segments tell.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Language { get; init; }

    /// <summary>Gets the set of prompts that a model is asked with. Default: null, those of the tenant or the server.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Prompts { get; init; }

    /// <summary>
    /// Gets whether a model looks for actions and decisions in what is routed to <c>general</c>, where the language is one that the
    /// intents do not know. That work is waited for, too. Default: false.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ExtractsGeneral { get; init; }

    internal StreamConfig ToStreamConfig() => new()
    {
        MaxGapSec = MaxGapSec,
        Overlap = Overlap,
        MaxSegmentSec = MaxSegmentSec,
        TurnGapSec = TurnGapSec,
        Join = TextJoin.Script,
        EmitIds = true,
    };

    internal AsrConfig ToAsrConfig() => new() { CommitsWithdrawn = CommitWithdrawn, SmoothSpeakerWords = SmoothSpeakerWords };

    internal TurnConfig ToTurnConfig() => new() { TurnGapSec = TurnGapSec };

    /// <summary>Returns an empty window with these bounds.</summary>
    /// <param name="counter">What counts tokens; null to estimate them.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range.</exception>
    public ContextWindow NewWindow(ITokenCounter? counter = null) => new(ContextSegments, ContextSec, ContextTokens ?? int.MaxValue, counter);

    internal SummarySchedule NewSchedule() => new(SummaryEverySegments, SummaryEverySec);

    internal void Check()
    {
        _ = ToStreamConfig();
        _ = ToAsrConfig();
        _ = NewWindow();
        _ = NewSchedule();
        if (!(IdleFinalSec > 0 && IdleFinalSec <= MaxIdleFinalSec))
            throw new ArgumentOutOfRangeException(nameof(IdleFinalSec), IdleFinalSec, "IdleFinalSec must be more than 0 and at most 86400.");
        if (ModelTemperature is not (null or (>= 0 and <= 2)))
            throw new ArgumentOutOfRangeException(nameof(ModelTemperature), ModelTemperature, "ModelTemperature must be from 0 to 2.");
        if (ModelOutputTokens < 1)
            throw new ArgumentOutOfRangeException(nameof(ModelOutputTokens), ModelOutputTokens, "ModelOutputTokens must be at least 1.");
        if (CloseOnEndOfTurn is { } probability && !(probability is >= 0.5 and <= 0.99))
            throw new ArgumentOutOfRangeException(nameof(CloseOnEndOfTurn), probability, "CloseOnEndOfTurn must be from 0.5 to 0.99.");
        if (EndOfTurnPauseSec is { } pause && !(pause is >= 0.2 and <= 5))
            throw new ArgumentOutOfRangeException(nameof(EndOfTurnPauseSec), pause, "EndOfTurnPauseSec must be from 0.2 to 5.");
        if (Language is { } tag && !LanguageTag.IsTag(tag))
            throw new ArgumentOutOfRangeException(nameof(Language), tag, "Language must be a language tag such as de or pt-BR.");
        // A fact with an infinite number cannot be stored.
        if (!double.IsFinite(ContextSec)) throw new ArgumentOutOfRangeException(nameof(ContextSec), ContextSec, "ContextSec must be finite.");
        if (!double.IsFinite(SummaryEverySec)) throw new ArgumentOutOfRangeException(nameof(SummaryEverySec), SummaryEverySec, "SummaryEverySec must be finite.");
    }
}
