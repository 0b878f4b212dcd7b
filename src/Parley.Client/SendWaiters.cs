namespace Parley.Client;

/// <summary>Calls that wait until their message has room in the outbox, in the order in which they were made.</summary>
internal sealed class SendWaiters
{
    private readonly LinkedList<Waiter> _waiters = [];

    public int Count => _waiters.Count;

    /// <summary>The place of the first message that waits; null where none does.</summary>
    public long? FirstOrder => _waiters.First?.Value.Entry.Order;

    public LinkedListNode<Waiter> Add(OutboxEntry entry) => _waiters.AddLast(new Waiter(entry));

    /// <summary>The message that has waited longest, whose call is done now.</summary>
    public OutboxEntry TakeFirst()
    {
        var first = _waiters.First!.Value;
        _waiters.RemoveFirst();
        first.Admitted.TrySetResult();
        return first.Entry;
    }

    /// <summary>Ends a call that its caller gave up. False where it was done before.</summary>
    public bool Cancel(LinkedListNode<Waiter> place, CancellationToken cancellationToken)
    {
        if (place.List is null) return false;
        _waiters.Remove(place);
        place.Value.Admitted.TrySetCanceled(cancellationToken);
        return true;
    }

    public void Fail(Func<Exception> failure)
    {
        foreach (var waiter in _waiters) waiter.Admitted.TrySetException(failure());
        _waiters.Clear();
    }

    /// <summary>A call that waits.</summary>
    internal sealed record Waiter(OutboxEntry Entry)
    {
        public TaskCompletionSource Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
