using Parley.Streaming;

namespace Parley.Asr;

/// <summary>What an <see cref="AsrOutput"/> says.</summary>
public enum AsrOutputKind
{
    /// <summary>Text that will not change any more, in <see cref="AsrOutput.Chunk"/>.</summary>
    Committed,

    /// <summary>All the open text of one speaker is now that of <see cref="AsrOutput.Chunk"/>; empty: none.</summary>
    Tentative,

    /// <summary>The speaker of <see cref="AsrOutput.Chunk"/> ended the turn: close the lane.</summary>
    EndOfTurn,

    /// <summary>
    /// What was committed under <see cref="AsrOutput.Key"/> as <see cref="AsrOutput.FromSpeakerId"/> was said by the speaker of <see cref="AsrOutput.Chunk"/>.
    /// </summary>
    SpeakerRevision,

    /// <summary>Something was out of order, and counted: <see cref="AsrOutput.Anomaly"/>.</summary>
    Anomaly,

    /// <summary>The recogniser ended its connection in good order.</summary>
    EndOfConnection,
}

/// <summary>Why text was committed.</summary>
public enum AsrCommitReason
{
    /// <summary>The recogniser called it final.</summary>
    Final,

    /// <summary>The recogniser's connection ended with the text still open.</summary>
    ConnectionClosed,

    /// <summary>A new connection began with the text still open.</summary>
    NewConnection,

    /// <summary>The sender was away for longer than its grace.</summary>
    GraceEnded,

    /// <summary>The session ended with the text still open.</summary>
    SessionEnded,

    /// <summary>More text was open, or waited for it, than <see cref="AsrConfig"/> allows.</summary>
    GaveWay,
}

/// <summary>One thing that follows from a message. Those of one message belong together and come in order.</summary>
/// <param name="Kind">What it says; the other members are meaningful where their kind says so.</param>
/// <param name="Key">
/// What the text is known by, unique within the stream: the recogniser's key, with the connection's number in front from the second on, and with
/// <c>#1</c>, <c>#2</c> … behind where a change of speaker split it. Null where the recogniser gives no identity.
/// </param>
/// <param name="Chunk">Text, speaker, and times in seconds since the first connection began.</param>
/// <param name="Reason">Why it was committed.</param>
/// <param name="FromSpeakerId">Who was said to have said it before a revision.</param>
/// <param name="Anomaly">What was out of order.</param>
/// <param name="Detail">More about an anomaly, for a log; never what people said.</param>
public readonly record struct AsrOutput(
    AsrOutputKind Kind,
    string? Key = null,
    StreamChunk Chunk = default,
    AsrCommitReason Reason = AsrCommitReason.Final,
    string? FromSpeakerId = null,
    AsrAnomaly Anomaly = default,
    string? Detail = null);
