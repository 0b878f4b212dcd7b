using Parley.Protocol;

namespace Parley.Client;

/// <summary>
/// What is to be sent and what was not yet acknowledged: bounded, in the order it was handed in, numbered per source. It knows nothing of connections but
/// when a new one begins.
/// </summary>
internal sealed partial class Outbox(int capacity)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<OutboxEntry> _unsent = [];
    private readonly List<OutboxEntry> _sent = [];
    private readonly LinkedList<(OutboxEntry Entry, TaskCompletionSource Admitted)> _waiting = [];
    private readonly Dictionary<string, OutboxSource> _sources = new(StringComparer.Ordinal);
    private Exception? _failure;
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
            lock (_lock) return _sent.Count + _unsent.Count;
        }
    }

    /// <summary>Whether nothing is to be sent or waits for its acknowledgement.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock) return _sent.Count + _unsent.Count + _waiting.Count == 0;
        }
    }

    /// <summary>What is not acknowledged, in the order it was handed in.</summary>
    public IReadOnlyList<OutgoingMessage> Unacknowledged
    {
        get
        {
            lock (_lock) return [.. All().Select(entry => entry.Message)];
        }
    }

    /// <summary>Takes a message; waits while the outbox is full. Messages enter in the order of the calls.</summary>
    public async Task AddAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource admitted;
        LinkedListNode<(OutboxEntry, TaskCompletionSource)> place;
        lock (_lock)
        {
            ThrowIfClosed();
            var entry = new OutboxEntry(message, ++_order);
            if (_waiting.Count == 0 && HasRoom)
            {
                Admit(entry);
                return;
            }

            admitted = new(TaskCreationOptions.RunContinuationsAsynchronously);
            place = _waiting.AddLast((entry, admitted));
        }

        await using (cancellationToken.UnsafeRegister(_ => GiveUp(place, cancellationToken), null).ConfigureAwait(false))
            await admitted.Task.ConfigureAwait(false);
    }

    /// <summary>The next message for the connection; null where there is none now.</summary>
    public ClientMessage? TakeNext()
    {
        lock (_lock)
        {
            if (_unsent.First is { Value: var entry })
            {
                _unsent.RemoveFirst();
                _sent.Add(entry);
                return entry.Message.Numbered(entry.Sequence);
            }

            if (!_isEndWanted || _isEndSent) return null;
            _isEndSent = true;
            return new EndSession();
        }
    }

    /// <summary>Nothing more is handed in from now on.</summary>
    public void Close()
    {
        lock (_lock) _failure ??= new ParleyException(ErrorCodes.StreamEnded, "The conversation is being ended: EndAsync was called.");
        FailWaiting();
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
        lock (_lock) (_failure, _final) = (failure, failure);
        FailWaiting();
        FailFlushes();
    }

    private bool HasRoom => _sent.Count + _unsent.Count < capacity;

    private void Admit(OutboxEntry entry)
    {
        var source = SourceOf(entry.Message.Source);
        entry.Sequence = source.Next++;
        _unsent.AddLast(entry);
        Work.Set();
    }

    private void AdmitWaiting()
    {
        while (HasRoom && _waiting.First is { Value: var (entry, admitted) })
        {
            _waiting.RemoveFirst();
            Admit(entry);
            admitted.TrySetResult();
        }
    }

    private void GiveUp(LinkedListNode<(OutboxEntry, TaskCompletionSource Admitted)> place, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (place.List is null) return;
            _waiting.Remove(place);
            place.Value.Admitted.TrySetCanceled(cancellationToken);
            SettleFlushes();
        }
    }

    private void FailWaiting()
    {
        lock (_lock)
        {
            foreach (var (_, admitted) in _waiting) admitted.TrySetException(Again(_failure!));
            _waiting.Clear();
        }
    }

    private void ThrowIfClosed()
    {
        if (_failure is not null) throw Again(_failure);
    }

    /// <summary>The number of a source's next message.</summary>
    public long NextOf(string name)
    {
        lock (_lock) return _sources.TryGetValue(name, out var source) ? source.Next : _expected.GetValueOrDefault(name, 1);
    }

    private OutboxSource SourceOf(string name)
    {
        if (!_sources.TryGetValue(name, out var source)) _sources[name] = source = new(_expected.GetValueOrDefault(name, 1));
        return source;
    }

    private IEnumerable<OutboxEntry> All() => _sent.Concat(_unsent).OrderBy(entry => entry.Order);

    private static Exception Again(Exception failure) => failure switch
    {
        ParleyException told => told.Again(),
        _ => new ObjectDisposedException(nameof(ParleyClient)),
    };
}
