using System.Threading.Channels;

namespace Parley.IntegrationTests.Client;

/// <summary>A clock on which nothing is ever over, until a test rings the timer that was set last. It tells how long that was to take.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Channel<TimeSpan> _delays = Channel.CreateBounded<TimeSpan>(1_000);
    private Action _last = () => { };

    /// <summary>How long the next timer is to take that is not one of the client's limits.</summary>
    public async Task<TimeSpan> NextDelayAsync()
    {
        var limits = new[] { TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(0.5) };
        TimeSpan delay;
        do delay = await _delays.Reader.ReadAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        while (limits.Contains(delay));
        return delay;
    }

    public void Ring() => _last();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Silent();
        if (dueTime == Timeout.InfiniteTimeSpan) return timer;
        _last = () => callback(state);
        _delays.Writer.TryWrite(dueTime);
        return timer;
    }

    private sealed class Silent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
