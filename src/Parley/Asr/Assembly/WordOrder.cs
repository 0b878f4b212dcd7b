namespace Parley.Asr;

/// <summary>Tells whether one text has the words of another, in order, however they are cased and punctuated.</summary>
internal static class WordOrder
{
    /// <summary>Returns whether a text has all words of a part of it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="part">The part.</param>
    /// <param name="isRedacted">
    /// Whether something may have been taken out of the part: then a name in brackets stands for any words, and of its first word the
    /// beginning may be missing.
    /// </param>
    public static bool Contains(ReadOnlySpan<char> text, ReadOnlySpan<char> part, bool isRedacted)
    {
        var rest = SpokenText.Words(text);
        var isFirst = true;
        foreach (var (from, to) in SpokenText.Words(part))
        {
            var mayBeCut = isRedacted && isFirst;
            isFirst = false;
            if (isRedacted && TouchesBrackets(part, from, to)) continue;
            if (!Skip(ref rest, text, part[from..to], mayBeCut)) return false;
        }

        return true;
    }

    // Goes behind the next place at which a word stands.
    private static bool Skip(ref SpokenText.WordEnumerator rest, ReadOnlySpan<char> text, ReadOnlySpan<char> word, bool mayBeCut)
    {
        while (rest.MoveNext())
        {
            var (from, to) = rest.Current;
            var next = text[from..to];
            if (SpokenText.HashWord(next) == SpokenText.HashWord(word)) return true;
            if (mayBeCut && next.TrimEnd().EndsWith(word.TrimEnd(), StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static bool TouchesBrackets(ReadOnlySpan<char> text, int from, int to) =>
        text[from..to].ContainsAny('[', ']') || text[..from].LastIndexOf('[') > text[..from].LastIndexOf(']');
}
