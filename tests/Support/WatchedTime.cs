namespace Parley.Tests.Support;

/// <summary>
/// A <see cref="FakeTimeProvider"/> that also tells when a timer is set: a test waits for the timer and then lets the time pass.
/// </summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<WatchedTimer> _timers = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource IsSet)> _awaited = [];

    /// <summary>Waits until there is a timer that will ring in <paramref name="due"/> from now.</summary>
    public Task WaitForTimerAsync(TimeSpan due, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_timers.Any(timer => timer.Due - GetUtcNow() == due)) return Task.CompletedTask;
            var isSet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((due, isSet));
            return isSet.Task.WaitAsync(cancellationToken);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(this, base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
    }

    private void Note(WatchedTimer timer, TimeSpan due)
    {
        lock (_lock)
        {
            timer.Due = GetUtcNow() + due;
            if (due == Timeout.InfiniteTimeSpan) _timers.Remove(timer);
            else _timers.Add(timer);
            foreach (var (_, isSet) in _awaited.Where(awaited => awaited.Due == due)) isSet.TrySetResult();
            _awaited.RemoveAll(awaited => awaited.Due == due);
        }
    }

    private sealed class WatchedTimer(WatchedTime time, ITimer timer) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            // First set, then told: whoever waits for it may let the time pass at once.
            var isChanged = timer.Change(dueTime, period);
            time.Note(this, dueTime);
            return isChanged;
        }

        public void Dispose()
        {
            timer.Dispose();
            time.Note(this, Timeout.InfiniteTimeSpan);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
