using Parley.Conversations.Rules;
using Parley.Streaming;

namespace Parley.AspNetCore.Settings;

/// <summary>
/// How conversations are read if a client does not say. <c>Parley:Redact</c> and <c>Parley:ContextTokens</c> belong to it, too.
/// </summary>
[SettingsSection("Parley:Defaults")]
internal sealed class DefaultSettings
{
    private static readonly ConversationSettings BuiltIn = new();

    [SettingRange(0, 3_600)]
    public double MaxGapSec { get; set; } = BuiltIn.MaxGapSec;

    public OverlapMode Overlap { get; set; } = BuiltIn.Overlap;

    [SettingRange(0.1, 86_400)]
    public double MaxSegmentSec { get; set; } = BuiltIn.MaxSegmentSec;

    [SettingRange(0, 3_600)]
    public double TurnGapSec { get; set; } = BuiltIn.TurnGapSec;

    [SettingRange(0.1, 3_600)]
    public double IdleFinalSec { get; set; } = BuiltIn.IdleFinalSec;

    [SettingRange(1, 1_000)]
    public int ContextSegments { get; set; } = BuiltIn.ContextSegments;

    [SettingRange(0, 86_400)]
    public double ContextSec { get; set; } = BuiltIn.ContextSec;

    [SettingRange(2, 1_000)]
    public int SummaryEverySegments { get; set; } = BuiltIn.SummaryEverySegments;

    [SettingRange(0.1, 86_400)]
    public double SummaryEverySec { get; set; } = BuiltIn.SummaryEverySec;

    public bool CommitWithdrawn { get; set; }

    [SettingRange(0, 5)]
    public int SmoothSpeakerWords { get; set; }

    [SettingRange(0.5, 0.99)]
    public double? CloseOnEndOfTurn { get; set; }

    [SettingRange(0.2, 5)]
    public double? EndOfTurnPauseSec { get; set; }

    /// <summary>The language that is spoken; null for as the recogniser or the first segments tell.</summary>
    public string? Language { get; set; }

    public ConversationSettings ToSettings() => BuiltIn with
    {
        MaxGapSec = MaxGapSec,
        Overlap = Overlap,
        MaxSegmentSec = MaxSegmentSec,
        TurnGapSec = TurnGapSec,
        IdleFinalSec = IdleFinalSec,
        ContextSegments = ContextSegments,
        ContextSec = ContextSec,
        SummaryEverySegments = SummaryEverySegments,
        SummaryEverySec = SummaryEverySec,
        CommitWithdrawn = CommitWithdrawn,
        SmoothSpeakerWords = SmoothSpeakerWords,
        CloseOnEndOfTurn = CloseOnEndOfTurn,
        EndOfTurnPauseSec = EndOfTurnPauseSec,
        Language = Language,
    };
}
