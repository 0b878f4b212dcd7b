using Parley.Streaming;

namespace Parley.Conversations;

/// <summary>What a sender hands in. The family is closed.</summary>
/// <param name="Sequence">The sender's number of it, from 1 without gaps per source.</param>
/// <param name="Source">Whose numbering that is. Several recognisers may feed one stream.</param>
public abstract record Delivery(long Sequence, string Source);

/// <summary>A chunk of recognised text.</summary>
/// <param name="Sequence">The sender's number of it, from 1 without gaps per source.</param>
/// <param name="Chunk">The chunk.</param>
/// <param name="Source">Whose numbering that is.</param>
public sealed record ChunkDelivery(long Sequence, StreamChunk Chunk, string Source = "") : Delivery(Sequence, Source);
