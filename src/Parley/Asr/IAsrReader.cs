namespace Parley.Asr;

/// <summary>
/// Reads the messages of one stream, in order. It maps; what is new, said or withdrawn, <see cref="HypothesisAssembler"/> decides.
/// </summary>
public interface IAsrReader
{
    /// <summary>Reads one message into <paramref name="updates"/>: none, one or more.</summary>
    /// <exception cref="AsrMessageException">
    /// The message lacks what it must have. The assembler counts it, forgets the message's updates and goes on, as it does for exceptions
    /// of the JSON reader.
    /// </exception>
    void Read(AsrMessage message, AsrUpdates updates);
}
