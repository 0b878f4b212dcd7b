using System.Globalization;
using System.Text;
using Parley.Semantics;

namespace Parley.Context;

/// <summary>The last things said, for a model to read. Three limits hold at once: segments, audio time and tokens.</summary>
public sealed class ContextWindow
{
    private const double Largest = 1e12;

    internal const string Header = "Recent conversation context:";

    private readonly int _maxSegments;
    private readonly double _maxTimeSec;
    private readonly int _maxTokens;
    private readonly ITokenCounter _counter;
    private readonly List<Entry> _entries;
    private readonly int _headerTokens;
    private int _tokens;

    /// <summary>An empty window.</summary>
    /// <param name="maxSegments">The most segments it holds, at least 1. Default 10.</param>
    /// <param name="maxTimeSec">How long before the end of the latest segment another may have ended, in seconds of audio time,
    /// at least 0. Default 120.</param>
    /// <param name="maxTokens">The most tokens the rendered window has, at least 1. Default: no limit.</param>
    /// <param name="counter">Counts tokens; null is <see cref="EstimatedTokenCounter"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
    public ContextWindow(int maxSegments = 10, double maxTimeSec = 120, int maxTokens = int.MaxValue, ITokenCounter? counter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSegments, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, 1);
        if (!(maxTimeSec >= 0))
            throw new ArgumentOutOfRangeException(nameof(maxTimeSec), maxTimeSec, "A window lasts at least 0 seconds.");
        _maxSegments = maxSegments;
        _maxTimeSec = maxTimeSec;
        _maxTokens = maxTokens;
        _counter = counter ?? EstimatedTokenCounter.Instance;
        _entries = [];
        _headerTokens = _counter.Count(Header);
    }

    private ContextWindow(ContextWindow other)
    {
        (_maxSegments, _maxTimeSec, _maxTokens, _counter, _headerTokens, _tokens) =
            (other._maxSegments, other._maxTimeSec, other._maxTokens, other._counter, other._headerTokens, other._tokens);
        _entries = [.. other._entries];
    }

    /// <summary>How many segments the window holds.</summary>
    public int Count => _entries.Count;

    /// <summary>The segments in the window, in the order in which they were added. A copy: it stays as it is when others are added.</summary>
    public IReadOnlyList<AnnotatedSegment> Segments => _entries.ConvertAll(entry => entry.Segment);

    /// <summary>The keywords of the segments in the window, each once, in order of first appearance.</summary>
    public IReadOnlyList<string> Keywords => [.. KeywordsOf(Segments)];

    /// <summary>A window that goes on from here by itself.</summary>
    internal ContextWindow Fork() => new(this);

    /// <summary>Adds a segment; what no longer fits leaves, the oldest first.</summary>
    /// <remarks>A segment too long for the token limit on its own leaves too: nothing over the limit is ever rendered.</remarks>
    public void Add(AnnotatedSegment segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        if (_entries.Count == _maxSegments)
            Remove(1);

        // With several lanes open, the oldest segment is not always the one that ended first.
        if (_entries.Exists(entry => IsTooOld(entry, segment)))
        {
            _entries.RemoveAll(entry => IsTooOld(entry, segment));
            _tokens = _entries.Sum(entry => entry.Tokens);
        }

        var tokens = _maxTokens == int.MaxValue ? 0 : _counter.Count($"\n{Line(segment)}");
        _entries.Add(new Entry(segment, tokens));
        _tokens += tokens;
        var excess = 0;
        for (var rest = _tokens; excess < _entries.Count && _headerTokens + rest > _maxTokens; excess++)
            rest -= _entries[excess].Tokens;
        Remove(excess);
    }

    /// <summary>The window as the contract has it: a header, then <c>[12.5s] spk_1: text</c> for each segment, joined by line feeds.
    /// Times have one decimal; a speaker without a name is <c>Unknown</c>. Empty for an empty window.</summary>
    /// <remarks>Text and names stand as they were said. For a prompt of your own use <see cref="Prompts"/>, which fences them.</remarks>
    public string RenderForLlm()
    {
        if (_entries.Count == 0)
            return "";
        var text = new StringBuilder(Header);
        foreach (var entry in _entries)
            text.Append('\n').Append(Line(entry.Segment));
        return text.ToString();
    }

    private static string Line(AnnotatedSegment segment) => Line(segment.Start, segment.SpeakerId, segment.Text);

    private bool IsTooOld(Entry entry, AnnotatedSegment latest) => latest.End - entry.Segment.End > _maxTimeSec;

    private void Remove(int oldest)
    {
        for (var i = 0; i < oldest; i++)
            _tokens -= _entries[i].Tokens;
        _entries.RemoveRange(0, oldest);
    }

    internal static IEnumerable<string> KeywordsOf(IEnumerable<AnnotatedSegment> segments) =>
        segments.SelectMany(segment => segment.Keywords).Distinct(StringComparer.Ordinal);

    internal static string Line(double start, string? speaker, string text) =>
        $"[{Time(start)}s] {(string.IsNullOrEmpty(speaker) ? "Unknown" : speaker)}: {text}";

    // A time may be any number, and the largest has 309 digits.
    private static string Time(double start) =>
        Math.Abs(start) < Largest ? FixedPoint.Format(start, 1) : start.ToString("0.0E+0", CultureInfo.InvariantCulture);

    private readonly record struct Entry(AnnotatedSegment Segment, int Tokens);
}
