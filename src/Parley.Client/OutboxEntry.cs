namespace Parley.Client;

/// <summary>A message in the outbox.</summary>
/// <param name="message">What is sent.</param>
/// <param name="order">Its place among all messages that were ever handed in, of any source.</param>
internal sealed class OutboxEntry(EncodedMessage message, long order)
{
    public EncodedMessage Encoded => message;

    public OutgoingMessage Message => message.Message;

    public string Source => message.Message.Source;

    public long Order => order;

    /// <summary>Its number within its source. Given when it enters the outbox; one less when a message before it is refused.</summary>
    public long Sequence { get; set; }
}
