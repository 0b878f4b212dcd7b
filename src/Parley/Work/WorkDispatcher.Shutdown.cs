namespace Parley.Work;

public sealed partial class WorkDispatcher
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<WorkItem> _interrupted = [];
    private readonly List<WorkItem> _undelivered = [];
    private bool _isDisposed;

    /// <summary>
    /// Starts nothing more, lets what is underway finish, and says what is left: what waits, what was interrupted, and what has an outcome that the sink
    /// did not take. Route it again after a restart. What is routed from now on waits and is left, too. Calling it again is fine.
    /// </summary>
    /// <param name="patience">How long what is underway may take; then it is interrupted.</param>
    public async Task<IReadOnlyList<WorkItem>> DrainAsync(TimeSpan patience)
    {
        Task underway;
        lock (_gate)
        {
            _isDraining = true;
            underway = Task.WhenAll(_tasks.Values);
        }

        try
        {
            await underway.WaitAsync(patience, _clock);
        }
        catch (TimeoutException)
        {
            await _stop.CancelAsync();
            await underway;
        }

        lock (_gate) return [.. _interrupted, .. _queue.All, .. _undelivered];
    }

    /// <summary>Waits until all that was routed has an outcome, and the sink has it.</summary>
    public async Task IdleAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task[] underway;
            lock (_gate)
            {
                underway = [.. _tasks.Values];
                if (underway.Length == 0 && _queue.Count == 0) return;
            }

            // What waits for its batch has no task yet.
            var next = underway.Length > 0 ? Task.WhenAll(underway) : Task.Delay(TimeSpan.FromMilliseconds(50), _clock, cancellationToken);
            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Interrupts what is underway. Call <see cref="DrainAsync"/> first to let it finish, and to know what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        await DrainAsync(TimeSpan.Zero);
        _observation?.Dispose();
        await _timer.DisposeAsync();
        _stop.Dispose();
    }
}
