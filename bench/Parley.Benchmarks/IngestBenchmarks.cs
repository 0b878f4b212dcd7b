using BenchmarkDotNet.Attributes;
using Parley.Streaming;

namespace Parley.Benchmarks;

/// <summary>Chunks into segments, on one core. Every figure is per chunk.</summary>
[MemoryDiagnoser]
public class IngestBenchmarks
{
    private const int Chunks = 100_000;

    private static readonly StreamChunk[] TenPerSegment = [.. Enumerable.Range(0, Chunks).Select(i => new StreamChunk(i + 2 * (i / 10), i + 1 + 2 * (i / 10), "and then we", "ana"))];

    private static readonly StreamChunk[] OnePerSegment = [.. Enumerable.Range(0, Chunks).Select(i => new StreamChunk(3 * i, 3 * i + 1, "and then we", "ana"))];

    private static readonly StreamChunk[] NeverEnding = [.. Enumerable.Range(0, Chunks).Select(i => new StreamChunk(i, i + 1, "and then we", "ana"))];

    // Four people, each half a second behind the one before, so that four lanes are always open; each pauses after every tenth chunk.
    private static readonly StreamChunk[] FourSpeakers =
        [.. Enumerable.Range(0, Chunks).Select(i => new StreamChunk(i * 0.5 + i / 40 * 8, i * 0.5 + 2 + i / 40 * 8, "and then we", Speaker(i % 4)))];

    [Benchmark(Baseline = true, OperationsPerInvoke = Chunks)]
    public long Segments_of_10_chunks() => Ingest(TenPerSegment, OverlapMode.Reject);

    [Benchmark(OperationsPerInvoke = Chunks)]
    public long Segments_of_10_chunks_every_final_read() => IngestAndRead(TenPerSegment);

    [Benchmark(OperationsPerInvoke = Chunks)]
    public long Segments_of_1_chunk() => Ingest(OnePerSegment, OverlapMode.Reject);

    [Benchmark(OperationsPerInvoke = Chunks)]
    public long Lanes_with_4_speakers() => Ingest(FourSpeakers, OverlapMode.Lanes);

    [Benchmark(OperationsPerInvoke = Chunks)]
    public long Never_ending_1k() => Ingest(NeverEnding, OverlapMode.Reject, length: 1_000);

    [Benchmark(OperationsPerInvoke = Chunks)]
    public long Never_ending_10k() => Ingest(NeverEnding, OverlapMode.Reject, length: 10_000);

    [Benchmark(OperationsPerInvoke = Chunks)]
    public long Never_ending_100k() => Ingest(NeverEnding, OverlapMode.Reject, length: 100_000);

    private static long Ingest(StreamChunk[] chunks, OverlapMode overlap, int length = Chunks)
    {
        var events = 0L;
        for (var done = 0; done < chunks.Length; done += length)
        {
            var session = new StreamingSession(new StreamConfig { Overlap = overlap });
            foreach (var chunk in chunks.AsSpan(0, length))
            {
                foreach (var e in session.IngestChunk(chunk)) events += (int)e.Type + 1;
            }
        }

        return events;
    }

    private static long IngestAndRead(StreamChunk[] chunks)
    {
        var session = new StreamingSession();
        var letters = 0L;
        foreach (var chunk in chunks)
        {
            foreach (var e in session.IngestChunk(chunk))
            {
                if (e.Type == StreamEventType.FinalSegment) letters += e.Segment.Text.Length;
            }
        }

        return letters;
    }

    private static string Speaker(int index) => index switch { 0 => "ana", 1 => "ben", 2 => "cy", _ => "dot" };
}
