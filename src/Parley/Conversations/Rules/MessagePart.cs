using Parley.Asr;
using Parley.Streaming;

namespace Parley.Conversations.Rules;

/// <summary>What is known of a chunk that came in a message of a recogniser.</summary>
/// <param name="Key">What its text is known by within the stream.</param>
/// <param name="Reason">Why it was committed; null because its recogniser called it final.</param>
/// <param name="Trace">By what it is known again.</param>
/// <param name="Origin">The messages that it came in; null where they are not known.</param>
internal sealed record MessagePart(string? Key, AsrCommitReason? Reason, AsrTrace? Trace, TextOrigin? Origin)
{
    public static MessagePart Of(in AsrOutput output, TextOrigin? origin) =>
        new(output.Key, output.Reason == AsrCommitReason.Final ? null : output.Reason, output.Trace, origin);

    /// <summary>What the assembler said, back from what became of it.</summary>
    public static AsrOutput ToOutput(ChunkAccepted chunk) => new(
        AsrOutputKind.Committed,
        chunk.Key,
        new StreamChunk(chunk.Start, chunk.End, chunk.Text, chunk.SpeakerId),
        chunk.Reason ?? AsrCommitReason.Final,
        Trace: chunk.Trace);
}
