namespace Parley.Client;

/// <summary>How long to wait before the next try: longer each time, never the same for all clients, and not for ever.</summary>
internal sealed class Backoff(ParleyClientOptions options, Random random)
{
    private long _since = options.Clock.GetTimestamp();

    /// <summary>Which try is next, from 1.</summary>
    public int Attempt { get; private set; } = 1;

    /// <summary>A connection led to something: what fails from now on is a new failure.</summary>
    public void Succeeded()
    {
        Attempt = 1;
        _since = options.Clock.GetTimestamp();
    }

    /// <summary>A try failed. Says how long to wait; null when it has been tried for long enough.</summary>
    /// <param name="atLeast">How long the server wants to be left alone; null where it does not say.</param>
    public TimeSpan? Failed(TimeSpan? atLeast)
    {
        if (options.ReconnectFor != Timeout.InfiniteTimeSpan && options.Clock.GetElapsedTime(_since) >= options.ReconnectFor) return null;
        var doubled = options.ReconnectDelay.TotalMilliseconds * Math.Pow(2, Math.Min(Attempt - 1, 40));
        var full = Math.Min(doubled, options.MaxReconnectDelay.TotalMilliseconds);
        Attempt++;
        var wait = TimeSpan.FromMilliseconds(full * (1 - (random.NextDouble() / 2)));
        return atLeast > wait ? atLeast : wait;
    }
}
