using System.Diagnostics;

/// <summary>Times in steps of 10 µs, up to 20 s. For any number of threads.</summary>
internal sealed class Histogram
{
    private const int StepsPerSecond = 100_000;
    private readonly long[] _counts = new long[20 * StepsPerSecond];

    public long Count => _counts.Sum();

    public double Max => Array.FindLastIndex(_counts, count => count > 0) * 1000.0 / StepsPerSecond;

    public void Add(long ticks) =>
        Interlocked.Increment(ref _counts[Math.Clamp(ticks * StepsPerSecond / Stopwatch.Frequency, 0, _counts.Length - 1)]);

    /// <summary>Adds the times to another's, and forgets them.</summary>
    public void MoveTo(Histogram other)
    {
        for (var step = 0; step < _counts.Length; step++)
        {
            if (Volatile.Read(ref _counts[step]) != 0) Interlocked.Add(ref other._counts[step], Interlocked.Exchange(ref _counts[step], 0));
        }
    }

    /// <summary>In milliseconds.</summary>
    public double At(double share)
    {
        var left = (long)(Count * share);
        for (var step = 0; step < _counts.Length; step++)
        {
            left -= _counts[step];
            if (left < 0) return step * 1000.0 / StepsPerSecond;
        }

        return Max;
    }

    public override string ToString() => $"{At(0.5):0.0} | {At(0.99):0.0} | {At(0.999):0.0} | {Max:0.0}";
}
