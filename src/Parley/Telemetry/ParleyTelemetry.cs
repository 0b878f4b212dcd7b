using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Parley.Telemetry;

/// <summary>Every instrument, on one meter named <see cref="Name"/>, and the source of activities of the same name.</summary>
/// <remarks>
/// Durations are in seconds. Tags have few values: an outcome, a workflow, a reason; never an id, and never what people said.
/// May be used from any thread.
/// </remarks>
public sealed partial class ParleyTelemetry : IDisposable
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Parley";

    private readonly Meter _meter;
    private readonly bool _ownsMeter;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">Makes and owns the meter; null makes one that goes with this object.</param>
    public ParleyTelemetry(IMeterFactory? meters = null)
    {
        _ownsMeter = meters is null;
        _meter = meters?.Create(Name) ?? new Meter(Name);
        _chunks = _meter.CreateCounter<long>("parley.chunks", "{chunk}", "Chunks received, by outcome.");
        _segments = _meter.CreateCounter<long>("parley.segments", "{segment}", "Segments finalised.");
        _chunkLatency = Duration("parley.chunk.latency", "From a chunk received to its annotated segment visible.", Fast);
        _partialLatency = Duration("parley.partial.latency", "From a chunk received to its partial visible.", Fast);
        _appendDuration = Duration("parley.log.append.duration", "Appending to the log, until durable.", Fast);
        _meter.CreateObservableGauge(
            "parley.log.available",
            () => Volatile.Read(ref _isLogDown) ? 0 : 1,
            "{log}",
            "1 while the log takes facts, 0 while it does not.");
        _contextSegments = _meter.CreateHistogram(
            "parley.context.segments", "{segment}", "Segments in the context that a handler was given.", null, Advice<int>([0, 1, 2, 5, 10, 20, 50, 100]));
        _contextDuration = Duration("parley.context.duration", "Audio time that the context covers.", [0, 5, 10, 20, 30, 60, 120, 300, 600]);
        _llmCalls = _meter.CreateCounter<long>("parley.llm.calls", "{call}", "Calls of a model, by workflow and outcome.");
        _llmTokens = _meter.CreateCounter<long>("parley.llm.tokens", "{token}", "Tokens of models, by type, workflow and model.");
        _llmCost = _meter.CreateCounter<double>("parley.llm.cost", "{cost}", "Cost of models that have a price, by workflow, model and currency.");
        _llmItemsInvalid = _meter.CreateCounter<long>(
            "parley.llm.items.invalid", "{item}", "Items of models' answers that were left out, by workflow.");
        _llmDuration = Duration("parley.llm.duration", "One call of a model.", Slow);
        _workDropped = _meter.CreateCounter<long>("parley.work.dropped", "{item}", "Work dropped, by workflow and reason.");
        _streams = _meter.CreateUpDownCounter<long>("parley.streams.active", "{stream}", "Streams in memory.");
        _unreadable = _meter.CreateUpDownCounter<long>(
            "parley.streams.unreadable", "{stream}", "Streams of which something cannot be read.");
        _connections = _meter.CreateUpDownCounter<long>("parley.connections", "{connection}", "Open connections, by transport.");
        _connectionsCut = _meter.CreateCounter<long>("parley.connections.cut", "{connection}", "Connections cut because their clients did not keep up, by transport and reason.");
        _requestsRefused = _meter.CreateCounter<long>("parley.requests.refused", "{request}", "Requests and messages refused, by reason.");
        _partialsDropped = _meter.CreateCounter<long>("parley.partials.dropped", "{event}", "Partials that a slow viewer did not get.");
        _overlapClamped = _meter.CreateCounter<long>("parley.overlap.clamped", "{chunk}", "Chunks moved behind their own speaker's open segment.");
        _anomalies = _meter.CreateCounter<long>(
            "parley.asr.anomalies", "{anomaly}", "What was out of order with recognisers' messages, by kind.");
        _meter.CreateObservableUpDownCounter("parley.streams.open", ReadOpenStreams, "{stream}", "Streams that have not ended.");
        _meter.CreateObservableUpDownCounter("parley.work.queue.depth", () => ReadQueues(queue => (long)queue.Depth), "{item}", "Work that waits, by workflow.");
        _meter.CreateObservableGauge("parley.work.queue.age", () => ReadQueues(queue => queue.OldestAge.TotalSeconds), "s", "Age of the oldest work that waits.");
    }

    /// <summary>Activities from a chunk to a model's answer.</summary>
    public static ActivitySource Activities { get; } = new(Name);

    /// <inheritdoc/>
    public void Dispose()
    {
        // A factory's meter goes with the factory.
        if (_ownsMeter) _meter.Dispose();
    }

    private static readonly double[] Fast = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

    private static readonly double[] Slow = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

    private Histogram<double> Duration(string name, string description, double[] bounds) =>
        _meter.CreateHistogram(name, "s", description, null, Advice(bounds));

    private static InstrumentAdvice<T> Advice<T>(T[] bounds)
        where T : struct => new() { HistogramBucketBoundaries = bounds };
}
