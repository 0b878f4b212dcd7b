using System.Runtime.InteropServices;

namespace Parley.Asr;

/// <summary>The words of one text, with the times that were told, or else with times reckoned from where its letters stand.</summary>
internal sealed class HeardWords
{
    /// <summary>How far off a reckoned time may be at most.</summary>
    public const double MaxSlackSec = 0.5;

    private readonly List<HeardWord> _words = [];

    public ReadOnlySpan<HeardWord> Words => CollectionsMarshal.AsSpan(_words);

    public void Clear() => _words.Clear();

    /// <summary>Takes the words that a message gave.</summary>
    /// <param name="words">The words.</param>
    /// <param name="isTimed">Whether their times were told.</param>
    public void Set(ReadOnlySpan<AsrWord> words, bool isTimed)
    {
        _words.Clear();
        for (var i = 0; i < words.Length; i++) Add(words[i].Text, words[i].Start, words[i].End, i, isTimed ? 0 : MaxSlackSec, last: null);
    }

    /// <summary>Takes a text as one piece. Its first word starts where it does; where the others start is reckoned.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="lastStart">Where its last word starts, if that is known.</param>
    public void Set(ReadOnlySpan<char> text, double start, double end, double? lastStart = null)
    {
        _words.Clear();
        Add(text, start, end, -1, Math.Clamp((end - start) / 4, 0.001, MaxSlackSec), lastStart);
    }

    private void Add(ReadOnlySpan<char> text, double start, double end, int word, double slack, double? last)
    {
        var count = 0;
        var (from, length) = (0, 0);
        foreach (var (at, next) in SpokenText.Words(text))
        {
            if (count == 0) from = at;
            (count, length) = (count + 1, next - from);
        }

        // What has no letters is a word too.
        if (count == 0 && word >= 0) _words.Add(new(SpokenText.HashWord(text), start, end, 0, word));
        if (count == 0) return;

        var i = 0;
        var letters = Math.Max(1, length);
        foreach (var (at, next) in SpokenText.Words(text))
        {
            var isKnown = i == 0 || slack == 0;
            var wordStart = start + (end - start) * (at - from) / letters;
            var wordEnd = start + (end - start) * (next - from) / letters;
            if (last is { } known && i == count - 1) (wordStart, isKnown) = (known, true);
            _words.Add(new(SpokenText.HashWord(text[at..next]), wordStart, wordEnd, isKnown ? 0 : slack, word < 0 ? i : word));
            i++;
        }
    }
}
