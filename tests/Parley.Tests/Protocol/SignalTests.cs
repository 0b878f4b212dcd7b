using Parley.Protocol;

namespace Parley.Tests.Protocol;

public sealed class SignalTests
{
    private readonly Signal _signal = new();

    [Fact]
    public async Task What_was_set_before_is_waited_for_once()
    {
        _signal.Set();
        _signal.Set();
        await _signal.WaitAsync();
        Assert.False(_signal.WaitAsync().AsTask().IsCompleted);
    }

    [Fact]
    public async Task A_waiter_is_woken_again_and_again()
    {
        for (var turn = 0; turn < 100; turn++)
        {
            var waiting = _signal.WaitAsync().AsTask();
            Assert.False(waiting.IsCompleted);
            _signal.Set();
            await waiting;
        }
    }

    [Fact]
    public async Task A_waiter_that_is_cancelled_takes_nothing_from_the_next()
    {
        using var stop = new CancellationTokenSource();
        var waiting = _signal.WaitAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.True(_signal.WaitAsync().AsTask().IsCompletedSuccessfully);
    }
}
