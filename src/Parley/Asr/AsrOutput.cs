using Parley.Streaming;

namespace Parley.Asr;

/// <summary>One thing that follows from a message. Those of one message belong together and come in order.</summary>
/// <param name="Kind">What it says; the other members are meaningful where their kind says so.</param>
/// <param name="Key">
/// What the text is known by, unique within the stream: the recogniser's key, with the connection's number in front from the second on,
/// with <c>~1</c>, <c>~2</c> … behind where the recogniser used it again for other text, and with <c>#1</c>, <c>#2</c> … behind where a
/// change of speaker split it. Null where the recogniser gives no identity.
/// </param>
/// <param name="Chunk">
/// Text, speaker, times in seconds since the first connection began, and of committed text what else the recogniser told. Of an anomaly,
/// the text that it is about: left out where <see cref="AsrAnomalies.LeavesOut"/> says so, otherwise empty or said all the same.
/// </param>
/// <param name="Reason">Why it was committed.</param>
/// <param name="FromSpeakerId">Who was said to have said it before a revision.</param>
/// <param name="Anomaly">What was out of order.</param>
/// <param name="Detail">More about an anomaly, for a log; never what people said.</param>
/// <param name="Trace">By what committed text is known again; keep it with the text to go on after a restart.</param>
public readonly record struct AsrOutput(
    AsrOutputKind Kind,
    string? Key = null,
    StreamChunk Chunk = default,
    AsrCommitReason Reason = AsrCommitReason.Final,
    string? FromSpeakerId = null,
    AsrAnomaly Anomaly = default,
    string? Detail = null,
    AsrTrace? Trace = null);
