using Parley.Telemetry;

namespace Parley.Tests.Telemetry;

public class StreamMetricsTests
{
    [Fact]
    public void Rates_are_zero_while_no_time_has_passed()
    {
        var metrics = new StreamMetrics(new FakeTimeProvider());
        metrics.RecordChunk();
        metrics.RecordLlmCall();
        Assert.Equal([0, 0, 0, 0, 1, 0], metrics.Report().Values);
    }

    [Fact]
    public void The_report_is_the_contracts()
    {
        var clock = new FakeTimeProvider();
        var metrics = new StreamMetrics(clock);
        for (var i = 0; i < 8; i++) metrics.RecordChunk();
        for (var i = 0; i < 3; i++) metrics.RecordFinalSegment();
        for (var i = 0; i < 5; i++) metrics.RecordPartialSegment();
        metrics.RecordLlmCall();
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(
            [("elapsed_sec", 4), ("chunks_per_sec", 2), ("segments_finalized", 3), ("segments_partial", 5), ("llm_calls", 1), ("llm_calls_per_min", 15)],
            metrics.Report().Select(entry => (entry.Key, entry.Value)));
    }
}
