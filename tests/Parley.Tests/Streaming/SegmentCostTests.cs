using Parley.Streaming;

namespace Parley.Tests.Streaming;

/// <summary>What a chunk allocates. Bytes are the same on every machine; times are for the benchmarks.</summary>
public class SegmentCostTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(100_000)]
    public void A_chunk_allocates_at_most_96_bytes_however_long_its_segment(int chunksPerSegment)
    {
        const int chunks = 100_000;
        Ingest(chunksPerSegment, 1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Ingest(chunksPerSegment, chunks);
        var perChunk = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)chunks;
        Assert.InRange(perChunk, 40, 96.1);
    }

    [Fact]
    public void A_view_does_not_change_when_its_segment_grows()
    {
        var session = new StreamingSession();
        var views = Enumerable.Range(0, 100).Select(i => session.IngestChunk(new(i, i + 1, $"w{i}"))[0].Segment).ToList();
        for (var i = views.Count - 1; i >= 0; i--)
        {
            Assert.Equal(string.Join(' ', Enumerable.Range(0, i + 1).Select(word => $"w{word}")), views[i].Text);
            Assert.Equal(i + 1, views[i].End);
        }
    }

    [Fact]
    public async Task Views_can_be_read_while_the_segment_grows()
    {
        var session = new StreamingSession();
        using var seen = new System.Collections.Concurrent.BlockingCollection<(int Index, StreamSegment View)>(64);
        var reader = Task.Run(() => seen.GetConsumingEnumerable().All(next => next.View.Text.Length == 2 * next.Index + 1), TestContext.Current.CancellationToken);
        for (var i = 0; i < 3_000; i++) seen.Add((i, session.IngestChunk(new(i, i + 1, "x"))[0].Segment), TestContext.Current.CancellationToken);
        seen.CompleteAdding();
        Assert.True(await reader);
    }

    private static void Ingest(int chunksPerSegment, int chunks)
    {
        var session = new StreamingSession();
        for (var i = 0; i < chunks; i++)
        {
            var start = i + 2.0 * (i / chunksPerSegment);
            session.IngestChunk(new(start, start + 1, "and then", "ana"));
        }
    }
}
