using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Security;

namespace Parley.AspNetCore.Limits;

/// <summary>
/// How fast chunks and recogniser messages may come, for each stream: a bucket of <see cref="LimitOptions.ChunkBurst"/> that refills with
/// <see cref="LimitOptions.ChunksPerSec"/>, whatever the transport.
/// </summary>
/// <remarks>
/// Not the library's TokenBucketRateLimiter: that reads a clock of its own, keeps a queue for each bucket, and does not say when there will be room.
/// Here a bucket is one number, the time at which it will be full again, and a bucket that is full needs not be kept.
/// </remarks>
internal sealed class ChunkRate(IOptions<LimitOptions> options, TimeProvider clock)
{
    private const int LeastSweep = 1_024;

    private readonly ConcurrentDictionary<string, long> _fullAt = new(StringComparer.Ordinal);
    private readonly long _perChunk = Math.Max(1, clock.TimestampFrequency / options.Value.ChunksPerSec);
    private readonly long _burst = options.Value.ChunkBurst;
    private int _sweepAt = LeastSweep;

    /// <summary>Buckets that are kept: of streams that got something lately.</summary>
    public int Count => _fullAt.Count;

    /// <summary>Takes as many of <paramref name="wanted"/> as may come now: what HTTP accepts of a request.</summary>
    public int Take(Caller caller, string stream, int wanted)
    {
        if (caller.IsLocal || wanted <= 0) return Math.Max(0, wanted);
        var taken = 0L;
        Fill(stream, (full, now) => full + ((taken = Math.Clamp(_burst - ((full - now + _perChunk - 1) / _perChunk), 0, wanted)) * _perChunk));
        return (int)taken;
    }

    /// <summary>When there is room again for one; zero if there is.</summary>
    public TimeSpan Wait(string stream)
    {
        var now = clock.GetTimestamp();
        return Time(_fullAt.GetValueOrDefault(stream, now) - now - ((_burst - 1) * _perChunk));
    }

    /// <summary>Takes one as soon as it may come: a socket is not read meanwhile. Who waits first goes first.</summary>
    public Task TakeAsync(Caller caller, string stream, CancellationToken cancellationToken)
    {
        if (caller.IsLocal) return Task.CompletedTask;
        var ahead = 0L;
        Fill(stream, (full, now) =>
        {
            ahead = full - now - ((_burst - 1) * _perChunk);
            return full + _perChunk;
        });
        return ahead <= 0 ? Task.CompletedTask : Task.Delay(Time(ahead), clock, cancellationToken);
    }

    private void Fill(string stream, Func<long, long, long> fill)
    {
        var now = clock.GetTimestamp();
        _fullAt.AddOrUpdate(stream, _ => fill(now, now), (_, full) => fill(Math.Max(full, now), now));
        if (_fullAt.Count >= Volatile.Read(ref _sweepAt)) Sweep(now);
    }

    private void Sweep(long now)
    {
        foreach (var bucket in _fullAt)
        {
            if (bucket.Value <= now) _fullAt.TryRemove(bucket);
        }

        Volatile.Write(ref _sweepAt, Math.Max(LeastSweep, _fullAt.Count * 2));
    }

    private TimeSpan Time(long timestamps) => timestamps <= 0 ? TimeSpan.Zero : clock.GetElapsedTime(0, timestamps);
}
