using System.Text.Json.Nodes;
using Parley.Context;
using Parley.Semantics;
using Parley.Tests.Support;

namespace Parley.Tests.Context;

public class ContextWindowTests
{
    [Fact]
    public void Rendered_as_the_contract_has_it()
    {
        var window = WindowOf(new(), Said(12.5, 13, "text", "spk_1"), Said(13, 14, "more", null));
        Assert.Equal("Recent conversation context:\n[12.5s] spk_1: text\n[13.0s] Unknown: more", window.RenderForLlm());
    }

    [Fact]
    public void An_empty_window_renders_as_nothing() => Assert.Equal("", new ContextWindow().RenderForLlm());

    [Fact]
    public void Ten_segments_by_default()
    {
        var window = WindowOf(new(), [.. Enumerable.Range(0, 25).Select(i => Said(i, i + 1, $"{i}"))]);
        Assert.Equal(Enumerable.Range(15, 10).Select(i => $"{i}"), window.Segments.Select(segment => segment.Text));
    }

    [Fact]
    public void Exactly_two_minutes_old_stays_and_older_leaves()
    {
        var window = WindowOf(new(), Said(0, 1, "old"), Said(1, 1.5, "older than the limit soon"), Said(120, 121, "new"));
        Assert.Equal(3, window.Count);
        window.Add(Said(121, 121.25, "newer"));
        Assert.Equal(["older than the limit soon", "new", "newer"], window.Segments.Select(segment => segment.Text));
    }

    [Fact]
    public void What_ended_too_long_ago_leaves_even_behind_a_longer_segment()
    {
        var window = WindowOf(new(), Said(0, 100, "long"), Said(2, 3, "short"), Said(124, 125, "now"));
        Assert.Equal(["long", "now"], window.Segments.Select(segment => segment.Text));
    }

    [Fact]
    public void Keywords_once_each_in_order_of_first_appearance()
    {
        var window = WindowOf(new(maxSegments: 3), Said(0, 1, "a", keywords: ["churn"]), Said(1, 2, "b", keywords: ["price", "cost"]),
            Said(2, 3, "c", keywords: ["cancel", "price"]), Said(3, 4, "d"));
        Assert.Equal(["price", "cost", "cancel"], window.Keywords);
    }

    [Fact]
    public void A_token_budget_is_never_passed()
    {
        var random = new Random(7);
        var window = new ContextWindow(maxSegments: 50, maxTokens: 200);
        for (var i = 0; i < 500; i++)
        {
            window.Add(Said(i, i + 1, string.Join(' ', Enumerable.Repeat("words", random.Next(0, 260)))));
            Assert.InRange(EstimatedTokenCounter.Instance.Count(window.RenderForLlm()), 0, 200);
        }
    }

    [Fact]
    public void A_token_budget_keeps_as_much_as_fits()
    {
        // Three words of header, three a line.
        var window = WindowOf(new(maxTokens: 9, counter: new WordCounter()), Said(0, 1, "one"), Said(1, 2, "two"), Said(2, 3, "three"));
        Assert.Equal(["two", "three"], window.Segments.Select(segment => segment.Text));
        window.Add(Said(3, 4, "a segment over the budget by itself"));
        Assert.Equal("", window.RenderForLlm());
    }

    [Theory]
    [InlineData(0, 120, 1)]
    [InlineData(1, -1, 1)]
    [InlineData(1, double.NaN, 1)]
    [InlineData(1, 120, 0)]
    public void Limits_out_of_range_are_refused(int maxSegments, double maxTimeSec, int maxTokens) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContextWindow(maxSegments, maxTimeSec, maxTokens));

    [Fact]
    public void A_million_segments_keep_memory_flat()
    {
        var window = new ContextWindow(maxTokens: 500);
        for (var i = 0; i < 10_000; i++) window.Add(Said(i, i + 1, Sentence(i), keywords: ["price"]));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 10_000; i < 1_000_000; i++) window.Add(Said(i, i + 1, Sentence(i), keywords: ["price"]));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 1_000_000);
        Assert.Equal(10, window.Count);
    }

    [Theory]
    [InlineData("context/default_window_ten", 10, 120)]
    [InlineData("context/max_turns_3", 3, 120)]
    [InlineData("context/prune_after_reuse_backwards_time", 10, 10)]
    [InlineData("context/sec_cutoff_is_strict", 10, 10)]
    [InlineData("context/sec_just_past_cutoff", 10, 10)]
    [InlineData("context/sec_measured_from_end", 10, 10)]
    [InlineData("context/sec_prunes_old", 10, 100)]
    [InlineData("render/half_even_rounding", 10, 120)]
    [InlineData("render/newline_in_text_not_escaped", 10, 120)]
    public void As_the_reference(string name, int maxSegments, double maxTimeSec)
    {
        var vector = Golden.Case("live_semantic.jsonl", name);
        var window = new ContextWindow(maxSegments, maxTimeSec);
        foreach (var expected in vector["expect"]!.AsArray())
        {
            if (expected is JsonArray updates)
            {
                foreach (var semantic in updates.Select(update => update!["semantic"]!))
                {
                    window.Add(TurnOf(semantic["turn"]!));
                    Assert.Equal(semantic["context_size"]!.GetValue<int>(), window.Count);
                }
            }
            else if (expected!["context"] is JsonArray context)
            {
                Assert.Equal(context.Select(turn => turn!["text"]!.GetValue<string>()), window.Segments.Select(segment => segment.Text));
            }
            else
            {
                Assert.Equal(expected["render"]!.GetValue<string>(), window.RenderForLlm());
            }
        }
    }

    private static AnnotatedSegment TurnOf(JsonNode turn) =>
        Said(turn["start"]!.GetValue<double>(), turn["end"]!.GetValue<double>(), turn["text"]!.GetValue<string>(), turn["speaker_id"]!.GetValue<string>());

    private static ContextWindow WindowOf(ContextWindow window, params AnnotatedSegment[] segments)
    {
        foreach (var segment in segments) window.Add(segment);
        return window;
    }

    private static AnnotatedSegment Said(double start, double end, string text, string? speaker = "ana", string[]? keywords = null) =>
        new(start, end, text, speaker, keywords ?? [], Intents.Statement);

    private static string Sentence(int i) => $"sentence number {i} of a rather long meeting about the price";

    private sealed class WordCounter : ITokenCounter
    {
        public int Count(ReadOnlySpan<char> text) => text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
    }
}
