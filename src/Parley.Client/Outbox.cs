using System.Buffers;
using Parley.Protocol;

namespace Parley.Client;

/// <summary>
/// What is to be sent and what was not yet acknowledged: bounded, in the order it was handed in, numbered per source. It knows nothing of
/// connections but when a new one begins. Safe for threads; its parts are guarded by its lock.
/// </summary>
internal sealed class Outbox(int capacity)
{
    private readonly Lock _lock = new();
    private readonly OutboxQueue _queue = new();
    private readonly OutboxSources _sources = new();
    private readonly SendWaiters _senders = new();
    private readonly FlushWaiters _flushes = new();
    private readonly RefusalList _refusals = new();

    // Why nothing more is taken, and why nothing more is sent.
    private Exception? _closed;
    private Exception? _failed;
    private long _order;
    private bool _isEndWanted;
    private bool _isEndSent;

    /// <summary>Set when there is something to send.</summary>
    public Signal Work { get; } = new();

    /// <summary>How much is not acknowledged.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _queue.Count;
        }
    }

    /// <summary>Whether nothing is to be sent or waits for its acknowledgement.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock) return _queue.Count + _senders.Count == 0;
        }
    }

    /// <summary>What is not acknowledged, in the order it was handed in.</summary>
    public IReadOnlyList<OutgoingMessage> Unacknowledged
    {
        get
        {
            lock (_lock) return [.. _queue.All.Select(entry => entry.Message)];
        }
    }

    /// <summary>The number of a source's next message.</summary>
    public long NextOf(string source)
    {
        lock (_lock) return _sources.NextOf(source);
    }

    /// <summary>Takes a message; waits while the outbox is full. Messages enter in the order of the calls.</summary>
    public async Task AddAsync(EncodedMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<SendWaiters.Waiter> place;
        lock (_lock)
        {
            if (_closed is not null) throw Again(_closed);
            var entry = new OutboxEntry(message, ++_order);
            if (_senders.Count == 0 && HasRoom)
            {
                Admit(entry);
                return;
            }

            place = _senders.Add(entry);
        }

        await using (cancellationToken.UnsafeRegister(_ => GiveUp(place, cancellationToken), null).ConfigureAwait(false))
            await place.Value.Admitted.Task.ConfigureAwait(false);
    }

    /// <summary>Writes the next message for the connection. False where there is none now.</summary>
    public bool TryTakeNext(IBufferWriter<byte> output)
    {
        lock (_lock)
        {
            if (_queue.TakeNext() is { } entry)
            {
                entry.Encoded.WriteTo(output, entry.Sequence);
                return true;
            }

            if (!_isEndWanted || _isEndSent) return false;
            _isEndSent = true;
            output.Write(new EndSession().ToUtf8());
            return true;
        }
    }

    /// <summary>Waits until all that was handed in before is acknowledged or refused.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource settled;
        lock (_lock)
        {
            if (_order < FirstOpen) return;
            if (_failed is not null) throw Again(_failed);
            settled = _flushes.Add(_order);
        }

        try
        {
            await settled.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock) _flushes.Remove(settled);
        }
    }

    /// <summary>Throws what was refused since this was last called.</summary>
    /// <exception cref="ParleyException">Something was.</exception>
    public void ThrowRefusals()
    {
        lock (_lock)
        {
            if (_refusals.Take() is { } refused) throw refused;
        }
    }

    /// <summary>Nothing more is handed in from now on.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed ??= new ParleyException(ErrorCodes.StreamEnded, "The conversation is being ended: EndAsync was called.");
            _senders.Fail(() => Again(_closed));
        }
    }

    /// <summary>The conversation is to end once all of this is sent.</summary>
    public void WantEnd()
    {
        lock (_lock) _isEndWanted = true;
        Work.Set();
    }

    /// <summary>Nothing more will be sent; every call that waits, and every later one, says why.</summary>
    public void Fail(Exception failure)
    {
        lock (_lock)
        {
            (_closed, _failed) = (failure, failure);
            _senders.Fail(() => Again(failure));
            _flushes.Fail(() => Again(failure));
        }
    }

    /// <summary>A new connection has the session: what the server has is done with, everything else is sent again.</summary>
    /// <param name="expected">The number that the server takes next, by source.</param>
    /// <exception cref="ParleyException">The numbers cannot be this client's, or are not safe to use again.</exception>
    public void Resume(IReadOnlyDictionary<string, long> expected)
    {
        lock (_lock)
        {
            foreach (var entry in _queue.Sent) _sources.Of(entry.Source).SentBefore(entry.Sequence);
            _queue.SendAgain();
            _isEndSent = false;
            _sources.Expect(expected);
            foreach (var source in _sources.All)
            {
                var next = _sources.ExpectedOf(source.Name);
                if (source.IsContested)
                {
                    source.StartAgain(next + _queue.Renumber(source.Name, next), next - 1);
                    continue;
                }

                source.Resume(next);
                _queue.RemoveUnsent(source.Name, before: next);
            }

            Settle();
        }

        Work.Set();
    }

    /// <summary>Nothing up to here can be lost any more. True where that is news.</summary>
    /// <exception cref="ParleyException">The number was never given.</exception>
    public bool Acknowledge(string source, long sequence)
    {
        lock (_lock)
        {
            if (_sources.Find(source)?.Acknowledge(sequence) != true) return false;
            _queue.RemoveSent(source, upTo: sequence);
            Settle();
            return true;
        }
    }

    /// <summary>One message was refused: it leaves the outbox, and the ones behind it move up.</summary>
    /// <exception cref="ParleyException">
    /// A connection that was lost may still deliver a message under a number that would be given anew.
    /// </exception>
    public void Refuse(string source, long sequence, string code, string reason)
    {
        lock (_lock)
        {
            if (_queue.FindSent(source, sequence) is not { } refused) return;
            var numbers = _sources.Of(source);
            numbers.Refuse(sequence);
            if (_queue.Refuse(refused) > 0) numbers.Renumber(from: sequence);
            _refusals.Add(new Refusal(refused.Message, code, reason));
            Settle();
        }

        Work.Set();
    }

    /// <summary>A message was ahead of a hole. True where that was to be expected: it is sent again already.</summary>
    /// <exception cref="ParleyException">The server wants something again that it had acknowledged.</exception>
    public bool IsKnownGap(string source, long expected)
    {
        lock (_lock) return _sources.Find(source)?.IsKnownGap(expected) == true;
    }

    /// <summary>
    /// Another sender has used numbers of a source: what was not acknowledged gets the numbers that the next connection expects.
    /// </summary>
    public void Contest(string source)
    {
        lock (_lock) _sources.Find(source)?.Contest();
    }

    /// <summary>The conversation has ended. True where the server has all of this, for sure.</summary>
    public bool End()
    {
        lock (_lock)
        {
            // It takes things in order: what was sent before the wish to end was taken before the end.
            if (_isEndSent && !_queue.HasUnsent) _queue.RemoveSent();
            Settle();
            return _queue.Count == 0;
        }
    }

    private bool HasRoom => _queue.Count < capacity;

    // Everything before this place is acknowledged or refused.
    private long FirstOpen => Math.Min(_queue.FirstOrder ?? long.MaxValue, _senders.FirstOrder ?? long.MaxValue);

    private void Admit(OutboxEntry entry)
    {
        entry.Sequence = _sources.Of(entry.Source).TakeNumber();
        _queue.Add(entry);
        Work.Set();
    }

    private void Settle()
    {
        while (HasRoom && _senders.Count > 0) Admit(_senders.TakeFirst());
        if (_flushes.Count > 0) _flushes.Settle(FirstOpen);
    }

    private void GiveUp(LinkedListNode<SendWaiters.Waiter> place, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_senders.Cancel(place, cancellationToken)) Settle();
        }
    }

    private static Exception Again(Exception failure) => failure switch
    {
        ParleyException told => told.Again(),
        _ => new ObjectDisposedException(nameof(ParleyClient)),
    };
}
