using Parley.Log;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Conversations.Rules;

/// <summary>Something from outside that asks to become part of a conversation. The family is closed.</summary>
public abstract record ConversationInput
{
    private protected ConversationInput() { }
}

/// <summary>Begins the conversation.</summary>
/// <param name="Settings">How to read it.</param>
/// <param name="Owner">Whose it is, as far as limits count; null where nobody counts.</param>
public sealed record Open(ConversationSettings Settings, string? Owner = null) : ConversationInput
{
    /// <summary>Gets what the stream is known and found by. No rule looks at it, and it is not a fact. Default: null for nothing.</summary>
    public StreamMetadata? Metadata { get; init; }
}

/// <summary>A chunk of recognised text. Senders send it as a delivery, and the intake makes this of it.</summary>
/// <param name="Sequence">Its sender's number of it, from 1 without gaps.</param>
/// <param name="Chunk">The chunk.</param>
/// <param name="Source">Whose numbering that is. Several recognisers may feed one stream.</param>
internal sealed record HearChunk(long Sequence, StreamChunk Chunk, string Source = "") : ConversationInput
{
    /// <summary>
    /// Gets what is known of the recogniser's message that it came in; null for a plain chunk. If set, <see cref="Sequence"/> is stored as
    /// <see cref="ChunkAccepted.Message"/>.
    /// </summary>
    public MessagePart? Part { get; init; }
}

/// <summary>A source begins to send messages of a recogniser, or its recogniser opened another connection.</summary>
/// <param name="Connection">The fact that this becomes.</param>
internal sealed record ConnectSource(SourceConnected Connection) : ConversationInput;

/// <summary>A recogniser's message has text that is left out, or that may be said twice.</summary>
/// <param name="Anomaly">What is recorded of it.</param>
/// <param name="Start">Where it starts, in seconds of audio time; null where that is not known.</param>
/// <param name="End">Where it ends.</param>
internal sealed record NoteAnomaly(AnomalyPayload Anomaly, double? Start, double? End) : ConversationInput;

/// <summary>A speaker was silent, or the recogniser says that their turn is over.</summary>
/// <param name="SpeakerId">Who, or null.</param>
/// <param name="Reason"><c>silence</c> or <c>end_of_turn</c>.</param>
public sealed record CloseLane(string? SpeakerId, string Reason) : ConversationInput;

/// <summary>A speaker was named late, or by hand.</summary>
/// <param name="Revision">Who it is, and where.</param>
public sealed record NameSpeaker(SpeakerRevisionPayload Revision) : ConversationInput;

/// <summary>A workflow has done, failed or dropped what a segment asked for.</summary>
/// <param name="SegmentId">The segment.</param>
/// <param name="Outcome">
/// A <see cref="WorkflowResultPayload"/>, <see cref="WorkflowFailedPayload"/> or <see cref="WorkflowDroppedPayload"/>.
/// </param>
public sealed record ReportWork(string SegmentId, ServerPayload Outcome) : ConversationInput;

/// <summary>A summary was made.</summary>
/// <param name="Summary">The summary, with what it covers.</param>
public sealed record AddSummary(SummaryPayload Summary) : ConversationInput;

/// <summary>A model was to write a summary and did not.</summary>
/// <param name="Failure">Which summary, and why.</param>
public sealed record ReportSummary(SummaryFailedPayload Failure) : ConversationInput;

/// <summary>Ends the conversation.</summary>
/// <param name="Reason">Why, such as <c>requested</c> or <c>abandoned</c>.</param>
public sealed record End(string Reason) : ConversationInput;

/// <summary>What the end waited for has come, or waited long enough.</summary>
public sealed record Settle : ConversationInput;
