using System.Runtime.CompilerServices;
using Parley.Log;

namespace Parley.AspNetCore.Sockets;

/// <summary>
/// A feed that is looked at, not awaited, so that one loop can wait for it and for other things: it sets the loop's signal when there is more.
/// </summary>
internal sealed class Following : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IAsyncEnumerator<LogRecord> _feed;
    private readonly Signal _signal;
    private ValueTaskAwaiter<bool> _next;

    public Following(EventFeed feed, string key, long after, Signal signal)
    {
        _signal = signal;
        _feed = feed.FollowAsync(key, after, _stop.Token).GetAsyncEnumerator(CancellationToken.None);
        Move();
    }

    /// <summary>Whether everything was taken and nothing more comes.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Takes the next; false where there is none yet, or none any more.</summary>
    /// <exception cref="SlowViewerException">The viewer reads too slowly.</exception>
    /// <exception cref="StreamErasedException">The stream was erased.</exception>
    public bool TryTake(out LogRecord record)
    {
        record = default;
        if (HasEnded || !_next.IsCompleted) return false;
        // Where it throws, nothing more comes.
        HasEnded = true;
        if (!_next.GetResult()) return false;
        HasEnded = false;
        record = _feed.Current;
        Move();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        while (!HasEnded)
        {
            if (!_next.IsCompleted)
            {
                await _signal.WaitAsync();
                continue;
            }

            Finish();
        }

        await _feed.DisposeAsync();
        _stop.Dispose();
    }

    private void Move()
    {
#pragma warning disable CA2012 // Consumed once, as an await would: by the one GetResult after it has completed.
        _next = _feed.MoveNextAsync().GetAwaiter();
#pragma warning restore CA2012
        if (!_next.IsCompleted) _next.UnsafeOnCompleted(_signal.Setter);
    }

    private void Finish()
    {
        HasEnded = true;
        try
        {
            _ = _next.GetResult();
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SlowViewerException or StreamErasedException or EventLogUnavailableException)
        {
            return;
        }
    }
}
