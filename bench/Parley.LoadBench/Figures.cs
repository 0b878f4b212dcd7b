using System.Collections.Concurrent;
using System.Diagnostics;

/// <summary>What a run came to, gathered from all of its connections.</summary>
internal sealed class Figures
{
    private long _in;
    private long _out;
    private long _measureFrom = long.MaxValue;

    public Histogram Late { get; } = new();

    public Histogram Acknowledged { get; } = new();

    public Histogram Partial { get; } = new();

    public Histogram Final { get; } = new();

    /// <summary>What went wrong, and how often. Anything in it fails the run.</summary>
    public ConcurrentDictionary<string, int> Faults { get; } = new();

    /// <summary>Viewers that were closed as too slow, and came back.</summary>
    public int Resumed;

    /// <summary>Messages sent to the server.</summary>
    public long In => Interlocked.Read(ref _in);

    /// <summary>Messages that came from the server.</summary>
    public long Out => Interlocked.Read(ref _out);

    public void Sent() => Interlocked.Increment(ref _in);

    public void Heard() => Interlocked.Increment(ref _out);

    public void Fault(string what, int count = 1) => Faults.AddOrUpdate(what, count, (_, before) => before + count);

    /// <summary>What was due before now does not count as a time.</summary>
    public void BeginMeasuring() => Volatile.Write(ref _measureFrom, Stopwatch.GetTimestamp());

    /// <summary>Time since something was due, which is what a user would wait: a generator or a server that is late cannot hide it.</summary>
    public void Time(Histogram histogram, long due)
    {
        if (due >= Volatile.Read(ref _measureFrom)) histogram.Add(Stopwatch.GetTimestamp() - due);
    }
}
