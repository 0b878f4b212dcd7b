using System.Text;
using Parley.Streaming;

namespace Parley.Asr;

/// <summary>Counts words as people say them: in scripts without spaces each letter is one.</summary>
internal static class SpokenText
{
    public static int CountWords(ReadOnlySpan<char> text)
    {
        var words = int.MaxValue;
        Walk(text, ref words);
        return int.MaxValue - words;
    }

    /// <summary>What is left of a text without its first words.</summary>
    public static ReadOnlySpan<char> SkipWords(ReadOnlySpan<char> text, int words) => words <= 0 ? text : text[Walk(text, ref words)..];

    /// <summary>Whether <paramref name="after"/> goes on with the last word of <paramref name="before"/>.</summary>
    public static bool ContinuesWord(ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        if (before.IsEmpty || after.IsEmpty || char.IsWhiteSpace(before[^1]) || char.IsWhiteSpace(after[0])) return false;
        Rune.DecodeLastFromUtf16(before, out var last, out _);
        Rune.DecodeFromUtf16(after, out var first, out _);
        return !(TextJoins.IsUnspaced(last) || TextJoins.IsUnspaced(first));
    }

    public static string FirstWord(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        return text[..^SkipWords(text, 1).Length].TrimEnd().ToString();
    }

    /// <summary>Where a word stands in a text, in words; -1 where it does not.</summary>
    public static int IndexOfWord(ReadOnlySpan<char> text, ReadOnlySpan<char> word)
    {
        for (var at = 0; !text.IsEmpty; at++)
        {
            var rest = SkipWords(text, 1);
            if (text[..^rest.Length].TrimEnd().Equals(word, StringComparison.OrdinalIgnoreCase)) return at;
            text = rest;
        }

        return -1;
    }

    // FNV-1a: the same on every machine and in every process, which string hash codes are not.
    public static ulong Hash(ReadOnlySpan<char> text, ulong seed = 14695981039346656037)
    {
        foreach (var c in text) seed = (seed ^ c) * 1099511628211;
        return seed;
    }

    private static int Walk(ReadOnlySpan<char> text, ref int words)
    {
        var inWord = false;
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out var length);
            var unspaced = TextJoins.IsUnspaced(rune);
            if (unspaced || Rune.IsWhiteSpace(rune)) inWord = false;
            if (!inWord && Rune.IsLetterOrDigit(rune))
            {
                if (words-- == 0) return at;
                inWord = !unspaced;
            }

            at += length;
        }

        return text.Length;
    }
}
