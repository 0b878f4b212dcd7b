using Parley.Conversations.Rules;
using Parley.Languages;
using Parley.Redaction;
using Parley.Routing;
using Parley.Streaming;

namespace Parley.Cli.Run;

/// <param name="MaxGapSec">The longest pause within a segment, in seconds of audio time.</param>
/// <param name="Overlap">What to do with overlapping chunks.</param>
/// <param name="Speed">How many times real time to replay at; null for as fast as the input comes.</param>
/// <param name="Strict">Whether the first refusal ends the run.</param>
/// <param name="Format">What the lines are: chunks, a recogniser's format, or <c>auto</c>.</param>
/// <param name="Redact">Whether cards, addresses, phone and account numbers are taken out before anything is kept.</param>
/// <param name="CommitWithdrawn">Whether text that a recogniser showed and took back is committed.</param>
/// <param name="SmoothSpeakerWords">How many words labelled as another speaker's are given to the speaker around them.</param>
/// <param name="Language">The language that is spoken; null for as the recogniser or the first segments tell.</param>
internal sealed record RunSettings(
    double MaxGapSec, OverlapMode Overlap, double? Speed, bool Strict, string Format, bool Redact, bool CommitWithdrawn,
    int SmoothSpeakerWords, string? Language = null)
{
    /// <summary>Plain chunks, all of them final: the contract's input.</summary>
    public const string Chunks = "chunks";

    /// <summary>What is taken out where <see cref="Redact"/> is set.</summary>
    public RedactionConfig Redaction { get; init; } = new();

    /// <param name="workflows">The workflows whose work somebody does.</param>
    /// <param name="hasModel">Whether that is a model.</param>
    public ConversationSettings ToConversationSettings(IReadOnlyList<Workflow> workflows, bool hasModel)
    {
        var settings = new ConversationSettings
        {
            MaxGapSec = MaxGapSec,
            Overlap = Overlap,
            Workflows = workflows,
            Redact = Redact,
            CommitWithdrawn = CommitWithdrawn,
            SmoothSpeakerWords = SmoothSpeakerWords,
            Language = LanguageTag.PrimaryOf(Language),
            ExtractsGeneral = hasModel,
        };

        // In a replay that is slower than life, silence takes longer too.
        return Speed is < 1 and var slow ? settings with { IdleFinalSec = Math.Min(settings.IdleFinalSec / slow, ConversationSettings.MaxIdleFinalSec) } : settings;
    }
}
