namespace Parley.Log;

/// <summary>What a stream's facts came to at some point, so that reopening it reads only what follows.</summary>
/// <param name="Seq">The last fact in it.</param>
/// <param name="Version">Whoever wrote it knows what this means; a reader that does not ignores the checkpoint.</param>
/// <param name="State">Opaque to the log.</param>
public sealed record LogCheckpoint(long Seq, int Version, ReadOnlyMemory<byte> State);
