using System.Threading.Tasks.Sources;

namespace Parley.Protocol;

/// <summary>
/// Wakes one waiter; any number of calls before it waits are one. Waiting allocates nothing, and the caller that wakes runs no code of the waiter.
/// </summary>
internal sealed class Signal : IValueTaskSource
{
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<bool> _waiter = new() { RunContinuationsAsynchronously = true };
    private bool _isSet;
    private bool _isWaiting;

    public Signal() => Setter = Set;

    /// <summary><see cref="Set"/>, made once.</summary>
    public Action Setter { get; }

    public void Set()
    {
        lock (_lock)
        {
            if (!_isWaiting)
            {
                _isSet = true;
                return;
            }

            _isWaiting = false;
        }

        _waiter.SetResult(true);
    }

    /// <summary>Waits until it is set, and unsets it. For one waiter at a time.</summary>
    public ValueTask WaitAsync()
    {
        lock (_lock)
        {
            if (_isSet)
            {
                _isSet = false;
                return ValueTask.CompletedTask;
            }

            _waiter.Reset();
            _isWaiting = true;
            return new ValueTask(this, _waiter.Version);
        }
    }

    /// <summary>The same, until it is cancelled. A waiter that is cancelled leaves the signal set for the next one.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        using (cancellationToken.UnsafeRegister(static signal => ((Signal)signal!).Set(), this))
            await WaitAsync().ConfigureAwait(false);
        if (!cancellationToken.IsCancellationRequested) return;
        Set();
        cancellationToken.ThrowIfCancellationRequested();
    }

    void IValueTaskSource.GetResult(short token) => _waiter.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _waiter.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _waiter.OnCompleted(continuation, state, token, flags);
}
