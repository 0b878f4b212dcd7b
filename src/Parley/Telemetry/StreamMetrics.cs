using System.Collections.ObjectModel;

namespace Parley.Telemetry;

/// <summary>The figures of one stream: the contract's, <i>Streaming Architecture v0.1</i>. May be used from several threads.</summary>
public sealed class StreamMetrics
{
    private readonly TimeProvider _clock;
    private readonly long _started;
    private long _chunks;
    private long _finals;
    private long _partials;
    private long _llmCalls;

    /// <summary>Begins to count, and to measure time.</summary>
    /// <param name="clock">The clock; null is the system's.</param>
    public StreamMetrics(TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _started = _clock.GetTimestamp();
    }

    /// <summary>A chunk was accepted.</summary>
    public void RecordChunk() => Interlocked.Increment(ref _chunks);

    /// <summary>A segment became final.</summary>
    public void RecordFinalSegment() => Interlocked.Increment(ref _finals);

    /// <summary>A segment grew.</summary>
    public void RecordPartialSegment() => Interlocked.Increment(ref _partials);

    /// <summary>A model was asked.</summary>
    public void RecordLlmCall() => Interlocked.Increment(ref _llmCalls);

    /// <summary>
    /// <c>elapsed_sec, chunks_per_sec, segments_finalized, segments_partial, llm_calls, llm_calls_per_min</c>, in this order. Rates are 0 while no
    /// time has passed.
    /// </summary>
    public ReadOnlyDictionary<string, double> Report()
    {
        var elapsed = _clock.GetElapsedTime(_started).TotalSeconds;
        var calls = Interlocked.Read(ref _llmCalls);
        return new(new Dictionary<string, double>
        {
            ["elapsed_sec"] = elapsed,
            ["chunks_per_sec"] = PerSecond(Interlocked.Read(ref _chunks)),
            ["segments_finalized"] = Interlocked.Read(ref _finals),
            ["segments_partial"] = Interlocked.Read(ref _partials),
            ["llm_calls"] = calls,
            ["llm_calls_per_min"] = PerSecond(calls) * 60,
        });

        double PerSecond(long count) => elapsed > 0 ? count / elapsed : 0;
    }
}
