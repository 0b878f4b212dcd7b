using Parley.Protocol;

namespace Parley.Client;

/// <summary>
/// One conversation as the client knows it, across all connections: how it is begun or resumed, what the server's messages mean for the
/// outbox and the inbox, and when it is over. One connection at a time uses it.
/// </summary>
/// <param name="name">The id of the stream, or its external id: then its id is known with the first answer.</param>
/// <param name="start">How it is begun, where that is wanted.</param>
/// <param name="greeting">How the first connection asks for it.</param>
/// <param name="outbox">What is to be sent.</param>
/// <param name="inbox">What is to be read.</param>
internal sealed class ClientSession(string name, StartSession start, Greeting greeting, Outbox outbox, EventInbox inbox)
{
    private readonly TaskCompletionSource<SessionStats> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Greeting _greeting = greeting;
    private string? _streamId = Protocol.StreamId.IsValid(name) ? name : null;
    private SessionStats? _stats;
    private bool _isSettled;

    /// <summary>The id of the stream; what it was asked for by, until the server has said it.</summary>
    public string StreamId => _streamId ?? name;

    /// <summary>Whether the server has confirmed the session on the connection that was opened last.</summary>
    public bool IsConfirmed { get; private set; }

    /// <summary>Grows with whatever the server takes or tells for the first time: a connection on which it grows is worth having.</summary>
    public long Progress { get; private set; }

    /// <summary>Whether the conversation has ended, and what the server took is known.</summary>
    public bool IsOver => _isSettled && inbox.HasSeenEnd;

    /// <summary>Whether nothing is to be sent or waits for its acknowledgement.</summary>
    public bool HasNothingToSend => outbox.IsEmpty;

    /// <summary>Whether the reader gets all of the conversation without another connection.</summary>
    public bool HasKeptEnd => inbox.HasKeptEnd;

    /// <summary>Completes with what the conversation came to, once the server has all that was sent.</summary>
    public Task<SessionStats> Ended => _ended.Task;

    /// <summary>A new connection is there. Returns its first message.</summary>
    public ClientMessage Open()
    {
        IsConfirmed = false;
        return _greeting == Greeting.Start ? start with { StreamId = _streamId } : new ResumeSession(StreamId, inbox.ResumeAfter);
    }

    /// <summary>Takes what the server says.</summary>
    /// <exception cref="LinkLostException">Another connection is needed.</exception>
    /// <exception cref="ParleyException">The client cannot go on.</exception>
    public void Hear(Envelope envelope)
    {
        if (envelope.Payload is SessionResumedPayload or SessionStartedPayload) _streamId ??= envelope.StreamId;
        switch (envelope.Payload)
        {
            case SessionResumedPayload resumed:
                Confirm(resumed.Expected);
                break;
            case ChunkAckPayload ack:
                if (outbox.Acknowledge(ack.Source ?? "", ack.Sequence)) Progress++;
                break;
            case ErrorPayload error:
                if (IsForReader(error)) inbox.TryAdd(envelope, out _);
                break;
            case PongPayload:
                break;
            default:
                HearEvent(envelope);
                break;
        }
    }

    /// <summary>Nothing more comes, or is sent; every call that waits says why.</summary>
    /// <param name="forSenders">Why.</param>
    /// <param name="forReader">Why, where the reader is told, too; null where the events simply end.</param>
    public void Stop(Exception forSenders, ParleyException? forReader)
    {
        Fail(forSenders);
        inbox.Complete(forReader);
    }

    private void HearEvent(Envelope envelope)
    {
        if (envelope.Payload is SessionStartedPayload && _greeting == Greeting.Start) Confirm(new Dictionary<string, long>());
        if (envelope.StreamId != _streamId) throw new LinkLostException("The server told of another stream.");
        if (!inbox.TryAdd(envelope, out var isNews))
            throw new LinkLostException($"Events are missing before {envelope.EventId}.") { IsOurs = true };
        if (isNews) Progress++;
        if (envelope.Payload is SessionEndedPayload ended) End(ended.Stats);
    }

    private void Confirm(IReadOnlyDictionary<string, long> expected)
    {
        (IsConfirmed, _greeting) = (true, Greeting.Resume);
        outbox.Resume(expected);
        // It had ended before, and what the server has of ours is known now.
        if (_stats is not null) Settle(hasAll: outbox.End());
    }

    private void End(SessionStats stats)
    {
        _stats ??= stats;
        if (outbox.End()) Settle(hasAll: true);
        else if (!_isSettled) throw new LinkLostException("The conversation has ended; what it took is asked for.") { IsOurs = true };
    }

    private void Settle(bool hasAll)
    {
        _isSettled = true;
        if (hasAll)
        {
            _ended.TrySetResult(_stats!);
            return;
        }

        var rest = $"The conversation was ended before it took everything: {outbox.Count} messages were not taken.";
        Fail(new ParleyException(ErrorCodes.StreamEnded, rest));
    }

    private void Fail(Exception failure)
    {
        outbox.Fail(failure);
        _ended.TrySetException(failure);
        // Marks it as seen: there may be no call that waits for the end.
        _ = _ended.Task.Exception;
    }

    // Whether an error is about a single message, so that the reader may like to know of it.
    private bool IsForReader(ErrorPayload error)
    {
        var details = new ErrorDetails(error);
        switch (error.Code)
        {
            case ErrorCodes.StreamNotFound when _greeting == Greeting.ResumeOrStart:
                _greeting = Greeting.Start;
                Progress++;
                throw new LinkLostException("The stream has not begun.") { IsOurs = true };
            // Of our own wish to end, or of a chunk that came after somebody else's: what was taken is known when the end is told.
            case ErrorCodes.StreamEnded when IsConfirmed:
                return false;
            case ErrorCodes.Unauthorized or ErrorCodes.Forbidden or ErrorCodes.InvalidConfig:
            case ErrorCodes.StreamNotFound or ErrorCodes.StreamEnded or ErrorCodes.StreamErased:
                throw new ParleyException(error.Code, error.Message);
            case ErrorCodes.InvalidChunk or ErrorCodes.NotSupported or ErrorCodes.MessageTooLarge when details.Sequence is { } refused:
                outbox.Refuse(details.Source, refused, error.Code, error.Message);
                return true;
            // Without a number it is not known which message it was; without that one the server takes none behind it.
            case ErrorCodes.InvalidMessage or ErrorCodes.NotSupported or ErrorCodes.MessageTooLarge when details.Sequence is null:
                throw new ParleyException(error.Code, error.Message);
            case ErrorCodes.SequenceGap when details.Expected is { } wanted:
                return outbox.IsKnownGap(details.Source, wanted) ? false : throw new LinkLostException(error.Message) { IsOurs = true };
            case ErrorCodes.SequenceConflict:
                outbox.Contest(details.Source);
                throw new LinkLostException($"Another sender has used numbers of source '{details.Source}': the rest is sent behind them.")
                {
                    IsOurs = true,
                };
            case ErrorCodes.RateLimited:
                throw new LinkLostException(error.Message) { RetryAfter = details.RetryAfter };
            case ErrorCodes.TooSlow:
                throw new LinkLostException(error.Message) { IsOurs = true };
            case ErrorCodes.GoingAway or ErrorCodes.StorageUnavailable or ErrorCodes.Internal:
            case ErrorCodes.NoSession or ErrorCodes.SessionExists:
                throw new LinkLostException(error.Message);
            default:
                if (!IsConfirmed) throw new ParleyException(error.Code, error.Message);
                return error.Recoverable ? true : throw new LinkLostException(error.Message);
        }
    }
}
