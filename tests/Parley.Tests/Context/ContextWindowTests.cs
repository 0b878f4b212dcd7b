using Parley.Context;
using Parley.Semantics;

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
    public void Of_a_million_segments_no_more_than_the_window_holds_stay_in_memory()
    {
        var window = new ContextWindow(maxTokens: 500);
        var last = AddMany(window, 1_000_000);
        GC.Collect();
        Assert.InRange(last.Count(segment => segment.IsAlive), 1, 10);
        GC.KeepAlive(window);
    }

    private static List<WeakReference> AddMany(ContextWindow window, int count)
    {
        var last = new List<WeakReference>();
        for (var i = 0; i < count; i++)
        {
            var segment = Said(i, i + 1, $"sentence number {i} of a rather long meeting about the price", keywords: ["price"]);
            window.Add(segment);
            if (i >= count - 1_000) last.Add(new WeakReference(segment));
        }

        return last;
    }

    private static ContextWindow WindowOf(ContextWindow window, params AnnotatedSegment[] segments)
    {
        foreach (var segment in segments) window.Add(segment);
        return window;
    }

    private static AnnotatedSegment Said(double start, double end, string text, string? speaker = "ana", string[]? keywords = null) =>
        new(start, end, text, speaker, keywords ?? [], Intents.Statement);

    private sealed class WordCounter : ITokenCounter
    {
        public int Count(ReadOnlySpan<char> text) => text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
    }
}
