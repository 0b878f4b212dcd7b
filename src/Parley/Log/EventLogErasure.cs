namespace Parley.Log;

/// <summary>Erasing whoever owns the stream.</summary>
public static class EventLogErasure
{
    // Each try loses only if another owner acquires the stream between two calls.
    private const int MaxTries = 10;

    /// <summary>
    /// Takes a stream from its owner and erases it. False where there was nothing to erase: no such stream, or erased before. Finishes an erasure that
    /// the storage could not finish, and is true then.
    /// </summary>
    /// <exception cref="StaleEpochException">Other owners kept acquiring the stream; try again.</exception>
    /// <exception cref="StreamUnreadableException">Its facts lie on a damaged page, and could not be overwritten.</exception>
    /// <exception cref="EventLogUnavailableException">The storage could not do it; try again.</exception>
    public static async ValueTask<bool> EraseAsync(this IEventLog log, string stream, CancellationToken cancellationToken = default)
    {
        for (var left = MaxTries; ; left--)
        {
            if (await log.FindAsync(stream, cancellationToken) is not { } head)
                return false;
            // An erasure before may have been left unfinished: this finishes it.
            if (head.State == StreamState.Erased)
                return await log.EraseAsync(stream, head.Epoch, cancellationToken);
            try
            {
                // A log that meets a damaged page while it writes takes nothing more, of any stream.
                await foreach (var _ in log.ReadAsync(stream, 0, cancellationToken)) continue;
                var owned = await log.AcquireAsync(stream, cancellationToken);
                return await log.EraseAsync(stream, owned.Epoch, cancellationToken);
            }
            catch (StreamErasedException)
            {
                return false;
            }
            catch (StaleEpochException) when (left > 1)
            {
                continue;
            }
        }
    }
}
