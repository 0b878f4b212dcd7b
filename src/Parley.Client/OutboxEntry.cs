namespace Parley.Client;

/// <summary>A message in the outbox.</summary>
/// <param name="message">What is sent.</param>
/// <param name="order">Its place among all that were ever handed in, of whatever source.</param>
internal sealed class OutboxEntry(OutgoingMessage message, long order)
{
    public OutgoingMessage Message => message;

    public long Order => order;

    /// <summary>Its number within its source. Given when it enters the outbox; one less when a message before it is refused.</summary>
    public long Sequence { get; set; }
}

/// <summary>The numbering of one source.</summary>
/// <param name="next">The number that its next message gets.</param>
internal sealed class OutboxSource(long next)
{
    public long Next { get; set; } = next;

    /// <summary>The last number that the server has acknowledged.</summary>
    public long Acknowledged { get; set; } = next - 1;

    /// <summary>Where numbers were given anew on this connection, until one of them is acknowledged; null where they were not.</summary>
    public long? RenumberedFrom { get; set; }

    /// <summary>The number that was last refused on this connection; what is behind it is told to be ahead of a hole. Null where none was.</summary>
    public long? RefusedAt { get; set; }

    /// <summary>The last number that was sent on an earlier connection. Up to here the server may still find one of its messages there.</summary>
    public long SentElsewhere { get; set; }
}
