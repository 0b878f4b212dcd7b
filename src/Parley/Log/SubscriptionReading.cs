using System.Runtime.CompilerServices;

namespace Parley.Log;

/// <summary>Subscriptions as enumerations.</summary>
public static class SubscriptionReading
{
    /// <summary>Takes everything from a subscription that waits, until it ends.</summary>
    public static async IAsyncEnumerable<T> ReadAllAsync<T>(
        this Subscription<T> subscription, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Once for all waits, not once for each.
        using var left = cancellationToken.UnsafeRegister(static waiting => ((Subscription<T>)waiting!).Wake(), subscription);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (subscription.TryTake(out var next))
                yield return next;
            else if (subscription.HasEnded)
                yield break;
            else
                await subscription.WaitAsync();
        }
    }

    /// <summary>Follows a stream as <see cref="EventFeed.Subscribe(string, long, Action)"/> does, from when the enumeration begins to when it ends.</summary>
    /// <exception cref="SlowViewerException">The viewer reads too slowly; it may resume after the event named there.</exception>
    /// <exception cref="StreamErasedException">The stream was erased.</exception>
    public static async IAsyncEnumerable<LogRecord> FollowAsync(
        this EventFeed feed, string stream, long afterEventId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var subscription = feed.Subscribe(stream, afterEventId);
        await foreach (var record in subscription.ReadAllAsync(cancellationToken))
            yield return record;
    }
}
