using BenchmarkDotNet.Attributes;
using Parley.Context;
using Parley.Semantics;

namespace Parley.Benchmarks;

/// <summary>A window that is full, as it is for most of a conversation: one 15-word segment comes, one leaves.</summary>
[MemoryDiagnoser]
public class ContextBenchmarks
{
    private static readonly string[] Words = ["ferry", "harbour", "cabin", "ticket", "island", "storm", "office", "bridge", "engine", "captain", "weather"];

    private readonly AnnotatedSegment[] _segments = [.. Enumerable.Range(0, 1024).Select(i => new AnnotatedSegment(
        i * 5, (i * 5) + 4.5, Sentence(i), $"spk_{i % 4}", ["price"], Intents.Statement))];

    private ContextWindow _window = new();
    private int _next;

    [Params(int.MaxValue, 500)]
    public int MaxTokens { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _window = new ContextWindow(maxTokens: MaxTokens);
        for (var i = 0; i < 10; i++) Add();
    }

    [Benchmark]
    public void Add() => _window.Add(_segments[_next++ & 1023]);

    [Benchmark]
    public string Render() => _window.RenderForLlm();

    [Benchmark]
    public IReadOnlyList<string> Keywords() => _window.Keywords;

    [Benchmark]
    public ConversationSummary Summarize_1024_segments() => ExtractiveSummarizer.Summarize(_segments);

    [Benchmark]
    public Prompt AnswerPrompt() => Prompts.Answer(_window.Segments, _segments[0]);

    private static string Sentence(int i) => $"i think we should look at the price of the {Words[i % 7]} {Words[i % 11]} before {Words[i % 5]} comes";
}
