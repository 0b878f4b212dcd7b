using BenchmarkDotNet.Attributes;
using Parley.Semantics;
using Parley.Streaming;

namespace Parley.Benchmarks;

/// <summary>What a final segment of 15 words costs to understand, on one core.</summary>
[MemoryDiagnoser, MinColumn]
public class SemanticsBenchmarks
{
    private const int Batch = 1_000;

    private static readonly string[] Texts =
    [
        "so can you tell me what the new plan would cost us if we start next month",
        "yeah i think we looked at that last week and it was fine for most of them",
        "i'll send the notes to everyone tonight and we should talk about the budget again on friday",
        "the far field microphones are a little noisy but the close ones sound good to me anyway",
    ];

    private static readonly StreamSegment[] Segments =
        [.. Enumerable.Range(0, Batch).Select(i => new StreamSegment(i, i + 1, Texts[i % Texts.Length], $"spk_{i % 3}"))];

    private static readonly string Long = string.Join(' ', Enumerable.Repeat(string.Join(' ', Texts), 1 << 20).Take(1 + (1 << 20) / 330));

    private readonly KeywordSemanticAnnotator _annotator = new();

    [Benchmark(Baseline = true, OperationsPerInvoke = 4)]
    public int Annotate_a_segment()
    {
        var found = 0;
        for (var i = 0; i < 4; i++) found += _annotator.Annotate(Segments[i]).Keywords.Count;
        return found;
    }

    [Benchmark(OperationsPerInvoke = 4)]
    public int ClassifyIntent()
    {
        var found = 0;
        foreach (var text in Texts) found += _annotator.ClassifyIntent(text).Intent.Length;
        return found;
    }

    [Benchmark(OperationsPerInvoke = 4)]
    public int ExtractKeywords()
    {
        var found = 0;
        foreach (var text in Texts) found += _annotator.ExtractKeywords(text).Count;
        return found;
    }

    [Benchmark(OperationsPerInvoke = 4)]
    public double Predict_the_end_of_a_turn()
    {
        var sum = 0.0;
        foreach (var text in Texts) sum += TurnEndModel.Default.Probability(text, 0.2);
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public int AnnotateBatch_of_1000_per_segment() => _annotator.AnnotateBatch(Segments).Count;

    /// <summary>A million characters, per 330: about four segments.</summary>
    [Benchmark(OperationsPerInvoke = (1 << 20) / 330)]
    public double One_text_of_1_MB_per_330_characters() => _annotator.ClassifyIntent(Long).Confidence + _annotator.ExtractKeywords(Long).Count;
}
