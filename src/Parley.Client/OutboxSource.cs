using Parley.Protocol;

namespace Parley.Client;

/// <summary>The numbers of one source's messages, and whether what the server says about them can be true.</summary>
/// <param name="name">The source; empty for the one without a name.</param>
/// <param name="next">The number of its next message.</param>
internal sealed class OutboxSource(string name, long next)
{
    private long _acknowledged = next - 1;

    // From here on numbers were given anew on this connection. Null where that did not happen, or one of them is acknowledged.
    private long? _renumberedFrom;

    // The last refusal on this connection: the server tells of each message behind it that it is ahead of a hole.
    private long? _refusedAt;

    // The last number that was sent on an earlier connection, where the server may still find a message of it.
    private long _sentBefore;

    public string Name => name;

    /// <summary>Whether another sender has used numbers that this client gave.</summary>
    public bool IsContested { get; private set; }

    public long Next { get; private set; } = next;

    public long TakeNumber() => Next++;

    /// <summary>A message of this number was sent on a connection that is lost now.</summary>
    public void SentBefore(long sequence) => _sentBefore = Math.Max(_sentBefore, sequence);

    /// <summary>
    /// A new connection has the session. The source may be ahead of what the server expects: of a recogniser's messages the server had
    /// acknowledged more than it keeps across a restart, and takes the first one as it comes.
    /// </summary>
    /// <param name="expected">The number that the server takes next.</param>
    /// <exception cref="ParleyException">The numbers cannot be this client's, or are not safe to use again.</exception>
    public void Resume(long expected)
    {
        if (expected > Next) throw Conflict();
        if (_renumberedFrom is { } from && expected <= from) throw Unsafe(from);
        (_renumberedFrom, _refusedAt) = (null, null);
        _acknowledged = Math.Max(_acknowledged, expected - 1);
    }

    /// <summary>
    /// The server has other content under a number of this source. It takes messages of a connection in order, and none behind that one: so
    /// it has all before, and none of the others on any connection.
    /// </summary>
    public void Contest() => IsContested = true;

    /// <summary>
    /// A new connection has the session, and what is not acknowledged was numbered anew behind what the other sender sent.
    /// </summary>
    /// <param name="next">The number of the next message.</param>
    /// <param name="acknowledged">The last number that is not this client's, or is acknowledged.</param>
    public void StartAgain(long next, long acknowledged)
    {
        (IsContested, Next, _acknowledged) = (false, next, acknowledged);
        (_renumberedFrom, _refusedAt, _sentBefore) = (null, null, 0);
    }

    /// <summary>Nothing up to this number can be lost any more. True where that is news.</summary>
    /// <exception cref="ParleyException">The number was never given.</exception>
    public bool Acknowledge(long sequence)
    {
        if (sequence <= _acknowledged) return false;
        if (sequence >= Next) throw Conflict();
        _acknowledged = sequence;
        // What has its number anew was sent behind all that had theirs before: of these none is on its way any more.
        if (sequence >= _renumberedFrom) _renumberedFrom = null;
        return true;
    }

    /// <summary>The message of this number was refused: the one behind it takes its number.</summary>
    /// <exception cref="ParleyException">
    /// A connection that was lost may still deliver a message under a number that would be given anew.
    /// </exception>
    public void Refuse(long sequence)
    {
        if (_sentBefore > sequence) throw Unsafe(sequence);
        Next--;
        _refusedAt = sequence;
    }

    /// <summary>Messages that were sent behind a refused one move up, and are sent again.</summary>
    public void Renumber(long from) => _renumberedFrom = from;

    /// <summary>A message was ahead of a hole. True where that was to be expected: it is sent again already.</summary>
    /// <exception cref="ParleyException">The server wants something again that it had acknowledged.</exception>
    public bool IsKnownGap(long expected)
    {
        if (expected > _acknowledged) return _refusedAt == expected;
        throw new ParleyException(
            ErrorCodes.SequenceGap,
            $"The server asks for message {expected} again, which it had acknowledged: it has lost what it took.");
    }

    private ParleyException Conflict() => new(
        ParleyException.SourceConflict,
        $"Somebody else sends to this stream as source '{name}': the server has numbers that this client did not give. "
            + "Use a source of your own.");

    private static ParleyException Unsafe(long sequence) => new(
        ErrorCodes.InvalidChunk,
        $"The server refused message {sequence}, and a connection was lost with messages behind it on their way: "
            + "they cannot be numbered anew without the risk of a repeat.");
}
