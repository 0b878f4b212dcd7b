namespace Parley.Cli.Run;

/// <summary>
/// A clock that runs only while input is waited for. What is read as fast as it can be says nothing about silence, however long it takes: without
/// this, a busy machine would cut segments that a fast one does not.
/// </summary>
/// <param name="clock">The time.</param>
internal sealed class WaitingClock(TimeProvider clock) : TimeProvider
{
    private readonly Lock _lock = new();
    private long _waited;
    private long? _since = clock.GetTimestamp();

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp()
    {
        lock (_lock) return _waited + (_since is { } since ? clock.GetTimestamp() - since : 0);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);

    /// <summary>Input is waited for from now on.</summary>
    public void Start()
    {
        lock (_lock) _since ??= clock.GetTimestamp();
    }

    /// <summary>Input has come.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            if (_since is not { } since) return;
            _waited += clock.GetTimestamp() - since;
            _since = null;
        }
    }
}
