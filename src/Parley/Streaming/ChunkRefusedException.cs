using System.Globalization;

namespace Parley.Streaming;

/// <summary>A chunk that breaks the contract. The session is as it was before: go on with the next chunk.</summary>
public sealed class ChunkRefusedException : ArgumentException
{
    private ChunkRefusedException(ChunkRefusal reason, string message)
        : base(message) => Reason = reason;

    /// <inheritdoc/>
    public override string ParamName => "chunk";

    /// <summary>What is wrong with it.</summary>
    public ChunkRefusal Reason { get; }

    internal static ChunkRefusedException NotFinite(in StreamChunk chunk) =>
        new(ChunkRefusal.TimeNotFinite, Say($"Chunk times must be finite; start is {chunk.Start} and end is {chunk.End}."));

    internal static ChunkRefusedException EndBeforeStart(in StreamChunk chunk) =>
        new(ChunkRefusal.EndBeforeStart, Say($"Chunk end {chunk.End} s is before its start {chunk.Start} s."));

    internal static ChunkRefusedException NullText(in StreamChunk chunk) =>
        new(ChunkRefusal.NullText, Say($"Chunk text is null, at {chunk.Start} s to {chunk.End} s; use an empty text for silence."));

    internal static ChunkRefusedException Overlap(in StreamChunk chunk, double openEnd) =>
        new(ChunkRefusal.Overlap, Say($"Chunk start {chunk.Start} s is before {openEnd} s, where the open segment ends."));

    internal static ChunkRefusedException WrongDetails(string problem) => new(ChunkRefusal.Details, problem);

    private static string Say(FormattableString message) => message.ToString(CultureInfo.InvariantCulture);
}
