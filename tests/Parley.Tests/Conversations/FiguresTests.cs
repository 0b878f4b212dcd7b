using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Streaming;
using Parley.Telemetry;
using Parley.Tests.Support;

namespace Parley.Tests.Conversations;

public class FiguresTests
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";

    [Fact]
    public async Task A_conversation_is_counted_and_timed_without_a_word_or_a_name()
    {
        using var telemetry = new ParleyTelemetry();
        var seen = new ConcurrentBag<(string Name, string Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, on) =>
            {
                if (instrument.Meter.Name == ParleyTelemetry.Name) on.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => seen.Add((instrument.Name, Say(tags))));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => seen.Add((instrument.Name, Say(tags))));
        listener.Start();

        await using var log = new MemoryEventLog();
        await using (var directory = new ConversationDirectory(log, telemetry: telemetry))
        {
            await directory.OpenAsync(Stream, cancellationToken: TestContext.Current.CancellationToken);
            foreach (var chunk in new ChunkDelivery[] { Chunk(1, 0, 2), Chunk(1, 0, 2), Chunk(2, 1, 3), Chunk(3, 9, 8), Chunk(3, 9, 10) })
                await directory.SayAsync(Stream, chunk, TestContext.Current.CancellationToken);
        }

        string[] expected =
        [
            "parley.chunks accepted", "parley.chunks duplicate", "parley.chunks refused", "parley.overlap.clamped ", "parley.segments ",
            "parley.chunk.latency ", "parley.partial.latency ", "parley.log.append.duration ", "parley.streams.active ",
        ];
        Assert.Superset(expected.ToHashSet(), seen.Select(measure => $"{measure.Name} {measure.Tags}").ToHashSet());
        Assert.DoesNotContain(seen, measure => measure.Tags.Contains("secret", StringComparison.Ordinal) || measure.Tags.Contains("ana", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_timer_closes_is_timed_from_when_the_timer_rang()
    {
        using var telemetry = new ParleyTelemetry();
        var clock = new FakeTimeProvider();
        var latencies = new ConcurrentBag<double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, on) =>
            {
                if (instrument is { Meter.Name: ParleyTelemetry.Name, Name: "parley.chunk.latency" })
                    on.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => latencies.Add(seconds));
        listener.Start();

        await using var log = new MemoryEventLog();
        await using var directory = new ConversationDirectory(log, clock: clock, telemetry: telemetry);
        await directory.OpenAsync(Stream, cancellationToken: TestContext.Current.CancellationToken);
        await directory.SayAsync(Stream, Chunk(1, 0, 2), TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, await directory.ReadAsync(Stream, state => state.Segments, TestContext.Current.CancellationToken));
        Assert.NotEmpty(latencies);
        Assert.All(latencies, seconds => Assert.InRange(seconds, 0, 3_600));
    }

    private static ChunkDelivery Chunk(long sequence, double start, double end) =>
        new(sequence, new StreamChunk(start, end, "secret", "ana"));

    private static string Say(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.ToArray().Select(tag => tag.Value));
}
