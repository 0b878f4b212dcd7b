using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Streaming;
using Parley.Telemetry;

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
            foreach (var chunk in new HearChunk[] { Chunk(1, 0, 2), Chunk(1, 0, 2), Chunk(2, 1, 3), Chunk(3, 9, 8), Chunk(3, 9, 10) })
                await directory.PostAsync(Stream, chunk, TestContext.Current.CancellationToken);
        }

        string[] expected =
        [
            "parley.chunks accepted", "parley.chunks duplicate", "parley.chunks refused", "parley.overlap.clamped ", "parley.segments ",
            "parley.chunk.latency ", "parley.partial.latency ", "parley.log.append.duration ", "parley.streams.active ",
        ];
        Assert.Superset(expected.ToHashSet(), seen.Select(measure => $"{measure.Name} {measure.Tags}").ToHashSet());
        Assert.DoesNotContain(seen, measure => measure.Tags.Contains("secret", StringComparison.Ordinal) || measure.Tags.Contains("ana", StringComparison.Ordinal));
    }

    private static HearChunk Chunk(long sequence, double start, double end) => new(sequence, new StreamChunk(start, end, "secret", "ana"));

    private static string Say(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.ToArray().Select(tag => tag.Value));
}
