using BenchmarkDotNet.Attributes;
using Parley.Transcripts;

namespace Parley.Benchmarks;

/// <summary>Three hours of two people, with the times of 27,000 words, to each format. Every figure is of the whole file.</summary>
[MemoryDiagnoser]
public class ExportBenchmarks
{
    private const int Segments = 1_350, WordsOfSegment = 20;

    private static readonly Transcript Document = Talk();

    [ParamsAllValues]
    public TranscriptFormat Format { get; set; }

    [Benchmark]
    public long Export() => TranscriptExporter.Pieces(Document, Format).Sum(piece => (long)piece.Length);

    private static Transcript Talk()
    {
        var document = new Transcript("talk.wav", "en");
        for (var i = 0; i < Segments; i++)
        {
            var start = i * 8;
            var words = Enumerable.Range(0, WordsOfSegment)
                .Select(n => new TranscriptWord(n % 10 == 9 ? "today." : "something", start + n * 0.4, start + n * 0.4 + 0.3)).ToList();
            document.Segments.Add(new(i, start, start + 8, string.Join(' ', words.Select(word => word.Text)), i % 3 == 0 ? "ana" : "ben")
            {
                Words = [.. words],
            });
        }

        return document;
    }
}
