using System.Text.Json.Serialization;
using Parley.Asr;
using Parley.Protocol;

namespace Parley.Conversations.Rules;

/// <summary>
/// Something that holds in a conversation for good: an input that was accepted, or what follows from it. The family is closed. What viewers get is
/// <see cref="VisibleFact"/>; the rest is between the conversation and its log.
/// </summary>
public abstract record Fact
{
    private protected Fact() { }
}

/// <summary>Input: the conversation begins.</summary>
/// <param name="Settings">How to read it.</param>
/// <param name="Rules">The <see cref="RulesVersion.Number"/> of the rules that read it first.</param>
/// <param name="Owner">Whose it is, as far as limits count; null where nobody counts.</param>
public sealed record Opened(ConversationSettings Settings, int Rules, string? Owner = null) : Fact
{
    /// <summary>Gets the <see cref="RulesVersion.Hash"/> of the rules that read it first; null in logs of the first version.</summary>
    public string? RulesHash { get; init; }
}

/// <summary>Derived: what follows was read by other rules than what stands before it.</summary>
/// <param name="Rules">The <see cref="RulesVersion.Number"/> of the rules from here on.</param>
/// <param name="RulesHash">Their <see cref="RulesVersion.Hash"/>.</param>
public sealed record RulesChanged(int Rules, string? RulesHash) : Fact;

/// <summary>Input: a chunk was taken.</summary>
/// <param name="Source">Whose numbering <paramref name="Sequence"/> is.</param>
/// <param name="Sequence">Its number among the chunks of its source, from 1 without gaps; of plain chunks that is the sender's.</param>
/// <param name="Start">Seconds of audio time.</param>
/// <param name="End">Seconds of audio time.</param>
/// <param name="Text">What was recognised.</param>
/// <param name="SpeakerId">Who said it, or null.</param>
/// <param name="SegmentId">The segment it went to.</param>
public sealed record ChunkAccepted(string Source, long Sequence, double Start, double End, string Text, string? SpeakerId, string SegmentId) : Fact
{
    // Most chunks have none of these: a nullable value takes twice the room.
    private readonly long _message = -1;
    private readonly double _segmentStart = double.NaN;
    private readonly AsrCommitReason _reason = AsrCommitReason.Final;

    /// <summary>
    /// Where it came in a message: the sender's number up to which nothing need be sent again once this is stored. Null where
    /// <see cref="Sequence"/> is the sender's number.
    /// </summary>
    public long? Message { get => _message < 0 ? null : _message; init => _message = value ?? -1; }

    /// <summary>What its text is known by within the stream, where its recogniser says.</summary>
    public string? Key { get; init; }

    /// <summary>Why it was committed, where that is not because its recogniser called it final.</summary>
    public AsrCommitReason? Reason
    {
        get => _reason == AsrCommitReason.Final ? null : _reason;
        init => _reason = value ?? AsrCommitReason.Final;
    }

    /// <summary>Gets its words with their times, its confidence and its language; null if it came with none of them.</summary>
    public SpeechDetails? Details { get; init; }

    /// <summary>
    /// Gets the messages that it came in, by which they are known when they come again. Null for a plain chunk, and where they are not
    /// known.
    /// </summary>
    public TextOrigin? Origin { get; init; }

    /// <summary>By what its recogniser's text is known again after a restart.</summary>
    public AsrTrace? Trace { get; init; }

    /// <summary>Gets whether it opened its segment. Otherwise it extended the open segment of its speaker.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Opens { get; init; }

    /// <summary>Gets where the segment that it opened starts, in seconds of audio time; null where that is <see cref="Start"/>.</summary>
    public double? SegmentStart
    {
        get => double.IsNaN(_segmentStart) ? null : _segmentStart;
        init => _segmentStart = value ?? double.NaN;
    }

    /// <summary>Gets the segment that the one it opened goes on from; null where there is none.</summary>
    public string? Continues { get; init; }

    /// <summary>Gets whether its start was moved to the end of what its speaker had already said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Clamped { get; init; }

    /// <summary>Gets whether it came after its speaker's segment of that time had closed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Late { get; init; }

    /// <summary>Gets the segments that close with it, in order; null where there are none.</summary>
    public IReadOnlyList<ClosedSegment>? Closes { get; init; }
}

/// <summary>Input: a source began to send messages of a recogniser, or its recogniser opened another connection.</summary>
/// <param name="Source">The source.</param>
/// <param name="Format">The format of its messages.</param>
/// <param name="Connection">The number of the connection, from 0.</param>
/// <param name="Offset">Where the connection began, in seconds of audio time.</param>
/// <param name="Message">The sender's number up to which nothing need be sent again once this is stored.</param>
public sealed record SourceConnected(string Source, string Format, int Connection, double Offset, long Message) : Fact;

/// <summary>Input: a speaker's lane was closed from outside.</summary>
/// <param name="SpeakerId">Whose, or null.</param>
/// <param name="Reason"><c>silence</c> or <c>end_of_turn</c>.</param>
public sealed record LaneClosed(string? SpeakerId, string Reason) : Fact
{
    /// <summary>Gets the segments that close with it; null where there are none.</summary>
    public IReadOnlyList<ClosedSegment>? Closes { get; init; }
}

/// <summary>Input: somebody asked for the end. Nothing more is taken; work may still come in.</summary>
/// <param name="Reason">Why, such as <c>requested</c> or <c>abandoned</c>.</param>
public sealed record EndRequested(string Reason) : Fact
{
    /// <summary>Gets the segments that close with it, in order; null where there are none.</summary>
    public IReadOnlyList<ClosedSegment>? Closes { get; init; }
}

/// <summary>Input: what the end waited for has come, or waited long enough.</summary>
public sealed record Settled : Fact;

/// <summary>Derived: a summary should be made of what was said since the last one.</summary>
/// <param name="Kind"><c>incremental</c> or <c>final</c>.</param>
public sealed record SummaryDue(string Kind) : Fact;

/// <summary>What viewers are told. Results of work, summaries, names and anomalies are inputs; the rest is derived.</summary>
/// <param name="Payload">What is said.</param>
/// <param name="SegmentId">The segment it is about, or null.</param>
/// <param name="Start">Where that is, in seconds of audio time; null where it has no place in the audio.</param>
/// <param name="End">Where that ends.</param>
public sealed record VisibleFact(ServerPayload Payload, string? SegmentId = null, double? Start = null, double? End = null) : Fact
{
    /// <summary>Gets what the input that closed the segment says about it; of a final segment only.</summary>
    internal ClosedSegment? Closing { get; init; }

    /// <summary>Whether this came from outside, as an input does.</summary>
    public bool IsInput => Payload is WorkflowResultPayload or WorkflowFailedPayload or WorkflowDroppedPayload or SummaryPayload
        or SummaryFailedPayload or SpeakerRevisionPayload or AnomalyPayload;
}

/// <summary>A fact of a kind that this version does not know. It was written by a later one and may be an input.</summary>
/// <param name="Kind">Its kind.</param>
public sealed record UnknownFact(string Kind) : Fact;
