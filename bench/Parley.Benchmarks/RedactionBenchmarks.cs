using BenchmarkDotNet.Attributes;
using Parley.Redaction;
using Parley.Streaming;

namespace Parley.Benchmarks;

/// <summary>Chunks through redaction, on one core. Every figure is per chunk.</summary>
[MemoryDiagnoser]
public class RedactionBenchmarks
{
    private const int Chunks = 20_000;

    private static readonly string[] Talk =
    [
        "good morning and thank you for", "calling the harbour office how can", "I help you today well I", "have a question about the ferry",
        "on Tuesday at ten to nine",
    ];

    private static readonly string[] Numbers =
    [
        "my number is four one five", "five five five oh one three", "two and the card is 4111", "1111 1111 1111 and order number",
        "10023456 for 1,299 euros I think",
    ];

    private static readonly StreamChunk[] OfTalk = Of(Talk);

    private static readonly StreamChunk[] OfNumbers = Of(Numbers);

    private static readonly Redactor Redactor = new();

    [Benchmark(Baseline = true, OperationsPerInvoke = Chunks)]
    public long Talk_1k() => Redact(OfTalk, 1_000);

    [Benchmark(OperationsPerInvoke = Chunks)]
    public long Talk_20k() => Redact(OfTalk, Chunks);

    [Benchmark(OperationsPerInvoke = Chunks)]
    public long Numbers_1k() => Redact(OfNumbers, 1_000);

    [Benchmark(OperationsPerInvoke = Chunks)]
    public long Numbers_20k() => Redact(OfNumbers, Chunks);

    private static StreamChunk[] Of(string[] texts) =>
        [.. Enumerable.Range(0, Chunks).Select(i => new StreamChunk(2 * i, (2 * i) + 2, texts[i % texts.Length], "ana"))];

    private static long Redact(StreamChunk[] chunks, int length)
    {
        var characters = 0L;
        for (var done = 0; done < chunks.Length; done += length)
        {
            var stream = new RedactionStream(Redactor);
            foreach (var chunk in chunks.AsSpan(done, length)) characters += Characters(stream.Add(chunk));
            characters += Characters(stream.EndOfStream());
        }

        return characters;
    }

    private static long Characters(IReadOnlyList<StreamChunk> chunks) => chunks.Sum(chunk => (long)chunk.Text.Length);
}
