using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Protocol;

/// <summary>Neighbouring final segments of one speaker.</summary>
/// <param name="Id">Its name within the stream.</param>
/// <param name="Start">Where it starts, in seconds of audio time.</param>
/// <param name="End">Where it ends, in seconds of audio time.</param>
/// <param name="SegmentIds">Its segments, in order.</param>
/// <param name="SpeakerId">Who spoke; null where nobody is named.</param>
/// <param name="Text">All that was said in it; null where the segments tell.</param>
public sealed record TurnView(
    string Id,
    double Start,
    double End,
    IReadOnlyList<string> SegmentIds,
    string? SpeakerId = null,
    string? Text = null);

/// <summary>A speaker's turn has ended.</summary>
/// <param name="Turn">The turn.</param>
public sealed record SpeakerTurnPayload(TurnView Turn) : ServerPayload
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.SpeakerTurn;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.SpeakerTurnPayload;
}

/// <summary>
/// A speaker who pauses is probably done, as their last words and the pause so far show. Not a fact: it may be dropped, and it comes at most once a pause. The envelope
/// names the segment that is open, and where in the audio its words end.
/// </summary>
/// <param name="Probability">How probable that is, from 0.5 to 1.</param>
/// <param name="PauseSec">How long nothing has come of the speaker by then, in seconds of wall time.</param>
/// <param name="SpeakerId">Who pauses; null where nobody is named.</param>
public sealed record EndOfTurnHintPayload(double Probability, double PauseSec, string? SpeakerId = null) : ServerPayload
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.EndOfTurnHint;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsFact => false;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.EndOfTurnHintPayload;
}

/// <summary>What a turn means, once per turn.</summary>
/// <param name="TurnId">The turn's <see cref="TurnView.Id"/>.</param>
/// <param name="Keywords">Words of the lexicon that were said, sorted.</param>
/// <param name="RiskTags">Risks that were touched, sorted.</param>
/// <param name="Actions">Things the speaker said they would do.</param>
/// <param name="QuestionCount">Questions asked in it.</param>
/// <param name="ContextSize">Segments in the context window after it.</param>
public sealed record SemanticUpdatePayload(
    string TurnId,
    IReadOnlyList<string> Keywords,
    IReadOnlyList<string> RiskTags,
    IReadOnlyList<SemanticAction> Actions,
    int QuestionCount,
    int ContextSize) : ServerPayload
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.SemanticUpdate;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.SemanticUpdatePayload;
}

/// <summary>A speaker was named late, or by hand. Segments are not said again.</summary>
/// <param name="SegmentIds">
/// The segments whose speaker changes; empty where every segment of <paramref name="From"/> does, later ones too.
/// </param>
/// <param name="To">Who it was.</param>
/// <param name="From">Who was thought to have spoken; null for the one nobody named.</param>
public sealed record SpeakerRevisionPayload(IReadOnlyList<string> SegmentIds, string To, string? From = null) : ServerPayload
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => EventTypes.SpeakerRevision;

    private protected override JsonTypeInfo JsonType => ProtocolJson.Default.SpeakerRevisionPayload;
}
