using System.Text.Json;
using Parley.Protocol;

namespace Parley.Client;

// What the server says.
public sealed partial class ParleyClient
{
    private SessionStats? _stats;
    private bool _isConfirmed;
    private bool _isSettled;
    private long _progress;

    private void Hear(Envelope envelope)
    {
        switch (envelope.Payload)
        {
            case SessionResumedPayload resumed:
                Confirm(resumed.Expected);
                return;
            case ChunkAckPayload ack:
                if (_outbox.Acknowledge(ack.Source ?? "", ack.Sequence)) _progress++;
                return;
            case ErrorPayload error:
                Hear(envelope, error);
                return;
            case PongPayload:
                return;
        }

        if (envelope.Payload is SessionStartedPayload && _greeting == Greeting.Start) Confirm(new Dictionary<string, long>());
        if (envelope.StreamId != StreamId) throw new LinkLostException("The server told of another stream.");
        if (!_inbox.TryAdd(envelope, out var isNews)) throw new LinkLostException($"Events are missing before {envelope.EventId}.") { IsOurs = true };
        if (isNews) _progress++;
        if (envelope.Payload is SessionEndedPayload ended) End(ended.Stats);
    }

    private void Confirm(IReadOnlyDictionary<string, long> expected)
    {
        (_isConfirmed, _greeting) = (true, Greeting.Resume);
        _outbox.Resume(expected);
        // It had ended before, and what the server has of ours is known now.
        if (_stats is not null) Settle(hasAll: _outbox.End());
    }

    private void End(SessionStats stats)
    {
        _stats ??= stats;
        if (_outbox.End()) Settle(hasAll: true);
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

        var lost = new ParleyException(ErrorCodes.StreamEnded, $"The conversation was ended before it took everything: {_outbox.Unacknowledged.Count} messages were not taken.");
        _outbox.Fail(lost);
        _ended.TrySetException(lost);
        _ = _ended.Task.Exception;
    }

    private bool IsOver() => _isSettled && _inbox.HasSeenEnd;

    private void Hear(Envelope envelope, ErrorPayload error)
    {
        var (source, sequence, expected) = (Text(error, "source") ?? "", Whole(error, "sequence"), Whole(error, "expected"));
        switch (error.Code)
        {
            case ErrorCodes.StreamNotFound when _greeting == Greeting.ResumeOrStart:
                _greeting = Greeting.Start;
                _progress++;
                throw new LinkLostException("The stream has not begun.") { IsOurs = true };
            // Of our own wish to end, or of a chunk that came after somebody else's: what was taken is known when the end is told.
            case ErrorCodes.StreamEnded when _isConfirmed:
                return;
            case ErrorCodes.Unauthorized or ErrorCodes.Forbidden or ErrorCodes.StreamNotFound or ErrorCodes.StreamEnded or ErrorCodes.StreamErased or ErrorCodes.InvalidConfig:
                throw new ParleyException(error.Code, error.Message);
            case ErrorCodes.InvalidChunk or ErrorCodes.NotSupported or ErrorCodes.MessageTooLarge when sequence is { } refused:
                _outbox.Refuse(source, refused, error.Code, error.Message);
                break;
            // Without a number nobody knows which one it was; without that one the server takes none behind it.
            case ErrorCodes.InvalidMessage or ErrorCodes.NotSupported or ErrorCodes.MessageTooLarge when sequence is null:
                throw new ParleyException(error.Code, error.Message);
            case ErrorCodes.SequenceGap when expected is { } wanted:
                if (_outbox.IsKnownGap(source, wanted)) return;
                throw new LinkLostException(error.Message) { IsOurs = true };
            case ErrorCodes.RateLimited:
                throw new LinkLostException(error.Message) { RetryAfter = Seconds(error, "retry_after_sec") };
            case ErrorCodes.TooSlow:
                throw new LinkLostException(error.Message) { IsOurs = true };
            case ErrorCodes.GoingAway or ErrorCodes.StorageUnavailable or ErrorCodes.Internal or ErrorCodes.NoSession or ErrorCodes.SessionExists:
                throw new LinkLostException(error.Message);
            default:
                if (!_isConfirmed) throw new ParleyException(error.Code, error.Message);
                if (!error.Recoverable) throw new LinkLostException(error.Message);
                break;
        }

        _inbox.TryAdd(envelope, out _);
    }

    private static JsonElement? Detail(ErrorPayload error, string name) =>
        error.Details is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(ErrorPayload error, string name) => Detail(error, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static long? Whole(ErrorPayload error, string name) =>
        Detail(error, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var whole) ? whole : null;

    private static TimeSpan? Seconds(ErrorPayload error, string name) =>
        Detail(error, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var seconds) && seconds is >= 0 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
