using System.Diagnostics.Metrics;
using Parley.Telemetry;

namespace Parley.Tests.Telemetry;

public class ParleyTelemetryTests
{
    private static readonly (string Name, string Unit)[] Expected =
    [
        ("parley.asr.anomalies", "{anomaly}"),
        ("parley.chunk.latency", "s"), ("parley.chunks", "{chunk}"), ("parley.connections", "{connection}"), ("parley.connections.cut", "{connection}"), ("parley.context.duration", "s"),
        ("parley.context.segments", "{segment}"), ("parley.llm.calls", "{call}"), ("parley.llm.duration", "s"), ("parley.log.append.duration", "s"),
        ("parley.log.available", "{log}"),
        ("parley.overlap.clamped", "{chunk}"), ("parley.partial.latency", "s"), ("parley.partials.dropped", "{event}"), ("parley.requests.refused", "{request}"), ("parley.segments", "{segment}"),
        ("parley.streams.active", "{stream}"), ("parley.streams.open", "{stream}"), ("parley.streams.unreadable", "{stream}"),
        ("parley.work.dropped", "{item}"), ("parley.work.queue.age", "s"), ("parley.work.queue.depth", "{item}"),
    ];

    private static readonly string[] Tags = ["parley.outcome", "parley.workflow", "parley.reason", "parley.transport", "error.type"];

    [Fact]
    public void Every_instrument_records_in_its_unit_with_few_tags()
    {
        var seen = new Dictionary<string, (string? Unit, double Value, string?[] Tags)>();
        using var meters = new Meters();
        using var telemetry = new ParleyTelemetry(meters);
        using var listener = new MeterListener();
        listener.SetMeasurementEventCallback<long>(Record);
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, state) => Record(instrument, value, tags, state));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            seen[instrument.Name] = (instrument.Unit, value, [.. tags.ToArray().Select(tag => tag.Key)]));
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (meters.Made.Contains(instrument.Meter)) l.EnableMeasurementEvents(instrument);
        };
        listener.Start();

        telemetry.ChunkReceived(ChunkOutcome.Duplicate);
        telemetry.SegmentVisible(TimeSpan.FromMilliseconds(5));
        telemetry.PartialVisible(TimeSpan.FromMilliseconds(2));
        telemetry.LogAppended(TimeSpan.FromMilliseconds(1), "IOException");
        telemetry.ContextRendered(7, TimeSpan.FromSeconds(90));
        telemetry.LlmCalled("question", TimeSpan.FromSeconds(2), "TimeoutException");
        telemetry.WorkDropped("general", "queue_full");
        telemetry.StreamsChanged(1);
        telemetry.UnreadableStreamsChanged(1);
        telemetry.ConnectionsChanged(1, "sse");
        telemetry.ConnectionCut("sse", "too_slow");
        telemetry.RequestRefused("FORBIDDEN");
        telemetry.PartialsDropped(3);
        telemetry.OverlapClamped();
        telemetry.AnomalyFound("repeated");
        using (telemetry.ObserveOpenStreams(() => 16))
        using (telemetry.ObserveQueues(() => [new("question", 4, TimeSpan.FromSeconds(9))])) listener.RecordObservableInstruments();

        Assert.Equal(Expected, seen.Select(entry => (entry.Key, entry.Value.Unit!)).Order());
        Assert.Equal(16, seen["parley.streams.open"].Value);
        Assert.Equal((0.005, 7, 9, 4), (seen["parley.chunk.latency"].Value, seen["parley.context.segments"].Value, seen["parley.work.queue.age"].Value, seen["parley.work.queue.depth"].Value));
        Assert.Empty(seen.Values.SelectMany(entry => entry.Tags).Except(Tags));

        seen.Clear();
        listener.RecordObservableInstruments();
        Assert.Equal(("parley.log.available", 1), (Assert.Single(seen).Key, seen.Values.Single().Value));

        void Record(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
            seen[instrument.Name] = (instrument.Unit, value, [.. tags.ToArray().Select(tag => tag.Key)]);
    }

    /// <summary>Other tests that run at the same time have meters of the same name.</summary>
    private sealed class Meters : IMeterFactory
    {
        public List<Meter> Made { get; } = [];

        public Meter Create(MeterOptions options)
        {
            Assert.Equal("Parley", options.Name);
            Made.Add(new Meter(options));
            return Made[^1];
        }

        public void Dispose() => Made.ForEach(meter => meter.Dispose());
    }
}
