namespace Parley.Client;

// Waiting until all is acknowledged, and hearing of what never will be.
internal sealed partial class Outbox
{
    private const int RefusalsKept = 100;

    private readonly List<(long Order, TaskCompletionSource Settled)> _flushes = [];
    private List<Refusal> _refusals = [];
    private long _refusedCount;
    private Exception? _final;

    /// <summary>Waits until all that was handed in before is acknowledged or refused.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (IsSettled(_order)) return;
            if (_final is not null) throw Again(_final);
            _flushes.Add((_order, settled));
        }

        try
        {
            await settled.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock) _flushes.RemoveAll(flush => flush.Settled == settled);
        }
    }

    /// <summary>Says what was refused since it was last said.</summary>
    /// <exception cref="ParleyException">Something was.</exception>
    public void ThrowRefusals()
    {
        lock (_lock)
        {
            if (_refusedCount == 0) return;
            var (refusals, count) = (_refusals, _refusedCount);
            (_refusals, _refusedCount) = ([], 0);
            throw new ParleyException(refusals, count);
        }
    }

    private void Tell(Refusal refusal)
    {
        _refusedCount++;
        if (_refusals.Count < RefusalsKept) _refusals.Add(refusal);
    }

    private bool IsSettled(long order) =>
        _sent.TrueForAll(entry => entry.Order > order)
        && (_unsent.First is not { Value: var first } || first.Order > order)
        && (_waiting.First is not { Value.Entry: var waiting } || waiting.Order > order);

    private void SettleFlushes()
    {
        foreach (var (order, settled) in _flushes)
        {
            if (IsSettled(order)) settled.TrySetResult();
        }
    }

    private void FailFlushes()
    {
        lock (_lock)
        {
            foreach (var (_, settled) in _flushes) settled.TrySetException(Again(_final!));
        }
    }
}
