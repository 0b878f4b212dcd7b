using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Parley.Protocol;

namespace Parley.Client;

/// <summary>
/// Events between the connection, which never waits, and a reader, who may. Facts pass once and in order. When it is full, nothing more is
/// kept; once the reader has emptied it, the client resumes after the last fact in it.
/// </summary>
internal sealed class EventInbox(int capacity, long after, Action caughtUp)
{
    private readonly Lock _lock = new();
    private readonly Channel<Envelope> _events =
        Channel.CreateBounded<Envelope>(new BoundedChannelOptions(capacity) { SingleWriter = true });
    private long _kept = after;
    private long _seen = after;
    private long? _end;
    private bool _isBehind;
    private int _readers;

    /// <summary>Whether the end of the conversation is kept, and so is everything before it.</summary>
    public bool HasKeptEnd
    {
        get
        {
            lock (_lock) return !_isBehind && _seen >= _end;
        }
    }

    /// <summary>Whether the end of the conversation has come, kept or not.</summary>
    public bool HasSeenEnd
    {
        get
        {
            lock (_lock) return _seen >= _end;
        }
    }

    /// <summary>The fact to resume after. While the reader is behind, what is not kept need not be sent again, either.</summary>
    public long ResumeAfter
    {
        get
        {
            lock (_lock) return _seen;
        }
    }

    /// <summary>Takes what the server said. False where facts are missing before it.</summary>
    public bool TryAdd(Envelope envelope, out bool isNews)
    {
        lock (_lock)
        {
            isNews = envelope.Payload.IsFact && envelope.EventId > _seen;
            if (!envelope.Payload.IsFact) Show(envelope);
            if (!isNews) return true;
            if (envelope.EventId > _seen + 1) return false;
            _seen = envelope.EventId;
            if (envelope.Payload is SessionEndedPayload) _end = _seen;
            _isBehind = _isBehind || !_events.Writer.TryWrite(envelope);
            if (!_isBehind) _kept = _seen;
            return true;
        }
    }

    /// <summary>No more comes. What is in it can still be read.</summary>
    public void Complete(Exception? problem = null) => _events.Writer.TryComplete(problem);

    public async IAsyncEnumerable<Envelope> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref _readers) > 1)
        {
            Interlocked.Decrement(ref _readers);
            throw new InvalidOperationException("Events are being read already: a client has one reader at a time.");
        }

        try
        {
            do
            {
                while (_events.Reader.TryRead(out var envelope)) yield return envelope;
                CatchUp();
            }
            while (await _events.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
    }

    // What may be dropped leaves the second half of the room to facts.
    private void Show(Envelope envelope)
    {
        if (!_isBehind && _events.Reader.Count < capacity / 2) _events.Writer.TryWrite(envelope);
    }

    private void CatchUp()
    {
        lock (_lock)
        {
            if (!_isBehind || _events.Reader.Count > 0) return;
            (_isBehind, _seen) = (false, _kept);
        }

        caughtUp();
    }
}
