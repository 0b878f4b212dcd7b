using System.Text;
using BenchmarkDotNet.Attributes;
using Parley.Asr;
using Parley.Streaming;

namespace Parley.Benchmarks;

/// <summary>Bytes to chunks. Every figure is per chunk, of about 80 bytes; the first finds the lines only.</summary>
[MemoryDiagnoser]
public class JsonLinesBenchmarks
{
    private const int Chunks = 20_000;

    private static readonly byte[] Json = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Chunks).Select(i =>
        $$"""{"start": {{i}}.125, "end": {{i}}.875, "text": "and then we said that", "speaker_id": "spk_{{i % 4}}"}""" + "\n")));

    [Benchmark(Baseline = true, OperationsPerInvoke = Chunks)]
    public async Task<long> Split_lines()
    {
        var lines = new LineReader(new MemoryStream(Json));
        while (await lines.ReadAsync()) { }
        return lines.Number;
    }

    [Benchmark(OperationsPerInvoke = Chunks)]
    public async Task<double> Read_chunks()
    {
        var (lines, reader, total) = (new LineReader(new MemoryStream(Json)), new ChunkJsonReader(), 0.0);
        while (await lines.ReadAsync()) total += reader.Read(lines.Line.Span).End;
        return total;
    }

    [Benchmark(OperationsPerInvoke = Chunks)]
    public async Task<long> Read_chunks_into_segments()
    {
        var (lines, reader, session, finals) = (new LineReader(new MemoryStream(Json)), new ChunkJsonReader(), new StreamingSession(), 0L);
        while (await lines.ReadAsync()) finals += session.IngestChunk(reader.Read(lines.Line.Span)).Count;
        return finals;
    }
}
