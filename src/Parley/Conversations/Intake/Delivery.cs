using Parley.Streaming;

namespace Parley.Conversations.Intake;

/// <summary>What a sender hands in. The family is closed.</summary>
public abstract record Delivery
{
    private protected Delivery(long sequence, string source) => (Sequence, Source) = (sequence, source);

    /// <summary>Gets the sender's number of it, from 1 without gaps per source.</summary>
    public long Sequence { get; init; }

    /// <summary>Gets whose numbering that is. Several recognisers may feed one stream.</summary>
    public string Source { get; init; }

    /// <summary>
    /// Gets what it was handed in with. Default: null, for a sender that waits for each receipt before it hands in the next delivery.
    /// </summary>
    public SenderSession? Session { get; init; }
}

/// <summary>A chunk of recognised text. One that is not final, or has a key, is a hypothesis in the format <c>parley</c>.</summary>
/// <param name="Sequence">The sender's number of it, from 1 without gaps per source.</param>
/// <param name="Chunk">The chunk.</param>
/// <param name="Source">Whose numbering that is.</param>
/// <param name="IsFinal">Whether the text stands. What does not is shown, and in no segment until it does.</param>
/// <param name="Key">What the text is known by: the next chunk of that key replaces it. Null: it is the open text of its speaker.</param>
public sealed record ChunkDelivery(long Sequence, StreamChunk Chunk, string Source = "", bool IsFinal = true, string? Key = null)
    : Delivery(Sequence, Source)
{
    internal bool IsHypothesis => !IsFinal || Key is not null;
}

/// <summary>A message of a recogniser, as it came.</summary>
/// <param name="Sequence">The sender's number of it, from 1 without gaps per source.</param>
/// <param name="Format">Its format: a name of <c>ConversationOptions.Formats</c>, such as <c>deepgram</c>. A source whose format changes
/// goes on as if its recogniser had opened another connection.</param>
/// <param name="Message">The message, in UTF-8. It is not copied: it must not change before the receipt comes.</param>
/// <param name="Source">Whose numbering that is.</param>
public sealed record MessageDelivery(long Sequence, string Format, ReadOnlyMemory<byte> Message, string Source = "")
    : Delivery(Sequence, Source);
