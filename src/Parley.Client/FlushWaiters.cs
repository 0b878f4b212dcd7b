namespace Parley.Client;

/// <summary>Calls that wait until all messages up to a place are acknowledged or refused.</summary>
internal sealed class FlushWaiters
{
    private readonly List<(long Order, TaskCompletionSource Settled)> _flushes = [];

    public int Count => _flushes.Count;

    public TaskCompletionSource Add(long order)
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _flushes.Add((order, settled));
        return settled;
    }

    public void Remove(TaskCompletionSource settled) => _flushes.RemoveAll(flush => flush.Settled == settled);

    /// <summary>Ends the calls that wait for nothing at this place or behind it.</summary>
    public void Settle(long firstOpen)
    {
        foreach (var (order, settled) in _flushes)
        {
            if (order < firstOpen) settled.TrySetResult();
        }
    }

    public void Fail(Func<Exception> failure)
    {
        foreach (var (_, settled) in _flushes) settled.TrySetException(failure());
    }
}
