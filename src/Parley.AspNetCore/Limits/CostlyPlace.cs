namespace Parley.AspNetCore.Limits;

/// <summary>A place among the costly calls, and how much of its time it waits for its reader.</summary>
/// <param name="clock">The time.</param>
/// <param name="release">Called once, when the place is given back.</param>
internal sealed class CostlyPlace(TimeProvider clock, Action<CostlyPlace> release) : IDisposable
{
    // 8 Mbit/s: an answer about a very long stream takes such a reader some minutes.
    private const double SlowestBytesPerSec = 1 << 20;

    // A reader may pause once, or wait for a slow network to begin.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private TimeSpan _waited;
    private long _read;
    private long? _waitsSince;
    private bool _isOver;

    /// <summary>Gets or sets what ends the call, from any thread. It is called before the place is given back, never after.</summary>
    public Action Cut { get; set; } = static () => { };

    /// <summary>Notes that the call waits for its reader.</summary>
    public void BeginWait()
    {
        lock (_lock) _waitsSince = clock.GetTimestamp();
    }

    /// <summary>Notes that the reader has made room.</summary>
    /// <param name="bytes">The number of bytes that were passed on.</param>
    public void EndWait(long bytes)
    {
        lock (_lock)
        {
            _waited = Waited();
            _read += bytes;
            _waitsSince = null;
        }
    }

    /// <summary>Ends the call if its reader has made it wait for more than 10 seconds, and read less than 1 MiB in each second of that time.</summary>
    public void CutIfSlow()
    {
        lock (_lock)
        {
            var waited = Waited();
            if (_isOver || waited <= Patience || _read >= waited.TotalSeconds * SlowestBytesPerSec) return;
            _isOver = true;
            // Inside the lock: Dispose waits for it, and the server uses the request for another call after Dispose.
            Cut();
        }
    }

    public void Dispose()
    {
        lock (_lock) _isOver = true;
        release(this);
    }

    private TimeSpan Waited() => _waited + (_waitsSince is { } since ? clock.GetElapsedTime(since) : TimeSpan.Zero);
}
