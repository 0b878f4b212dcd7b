using System.Text;
using Parley.Streaming;

namespace Parley.Asr;

/// <summary>Takes texts apart into words as people say them: in scripts without spaces each letter is one.</summary>
internal static class SpokenText
{
    public static int CountWords(ReadOnlySpan<char> text)
    {
        var words = 0;
        foreach (var _ in Words(text)) words++;
        return words;
    }

    /// <summary>Whether a text has no more words than are told one by one.</summary>
    public static bool HasNoMoreWords(string? text, ReadOnlySpan<AsrWord> words)
    {
        var left = CountWords(text);
        foreach (ref readonly var word in words) left -= CountWords(word.Text);
        return left <= 0;
    }

    /// <summary>
    /// The words of a text, each from its first letter to the first of the next; what stands before the first belongs to none.
    /// </summary>
    public static WordEnumerator Words(ReadOnlySpan<char> text) => new(text);

    /// <summary>What is left of a text without its first words.</summary>
    public static ReadOnlySpan<char> SkipWords(ReadOnlySpan<char> text, int words)
    {
        if (words <= 0) return text;
        foreach (var word in Words(text))
        {
            if (words-- == 0) return text[word.Start..];
        }

        return default;
    }

    /// <summary>Whether <paramref name="after"/> goes on with the last word of <paramref name="before"/>.</summary>
    public static bool ContinuesWord(ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        if (before.IsEmpty || after.IsEmpty || char.IsWhiteSpace(before[^1]) || char.IsWhiteSpace(after[0])) return false;
        Rune.DecodeLastFromUtf16(before, out var last, out _);
        Rune.DecodeFromUtf16(after, out var first, out _);
        return !(TextJoins.IsUnspaced(last) || TextJoins.IsUnspaced(first));
    }

    /// <summary>A number for a word that is the same however it is cased and punctuated.</summary>
    public static ulong HashWord(ReadOnlySpan<char> word)
    {
        var hash = Seed;
        foreach (var c in word)
        {
            if (IsOfWord(c)) hash = (hash ^ char.ToLowerInvariant(c)) * Prime;
        }

        return hash;
    }

    public static ulong HashText(ReadOnlySpan<char> text)
    {
        var hash = Seed;
        foreach (var word in Words(text)) hash = (hash ^ HashWord(text[word.Start..word.End])) * Prime;
        return hash;
    }

    // FNV-1a: the same on every machine and in every process, which string hash codes are not.
    private const ulong Seed = 14695981039346656037, Prime = 1099511628211;

    private static bool IsOfWord(char c) =>
        c < 128 ? char.IsAsciiLetterOrDigit(c) : !(char.IsPunctuation(c) || char.IsWhiteSpace(c) || char.IsSymbol(c));

    /// <summary>Where the words of a text stand.</summary>
    internal ref struct WordEnumerator(ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> _text = text;
        private int _next = FirstLetter(text, 0);

        public (int Start, int End) Current { get; private set; }

        public readonly WordEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_next >= _text.Length) return false;
            var start = _next;
            Rune.DecodeFromUtf16(_text[start..], out var rune, out var length);
            var at = start + length;
            // A word with spaces goes on to the next space; punctuation inside is its own.
            if (!TextJoins.IsUnspaced(rune)) at = EndOfSpaced(at);
            _next = FirstLetter(_text, at);
            Current = (start, _next);
            return true;
        }

        private readonly int EndOfSpaced(int at)
        {
            while (at < _text.Length)
            {
                var c = _text[at];
                if (c < 128 ? char.IsWhiteSpace(c) : Ends(at)) return at;
                at++;
            }

            return at;
        }

        private readonly bool Ends(int at) =>
            Rune.DecodeFromUtf16(_text[at..], out var rune, out _) == System.Buffers.OperationStatus.Done
            && (Rune.IsWhiteSpace(rune) || TextJoins.IsUnspaced(rune));

        private static int FirstLetter(ReadOnlySpan<char> text, int at)
        {
            while (at < text.Length)
            {
                Rune.DecodeFromUtf16(text[at..], out var rune, out var length);
                if (Rune.IsLetterOrDigit(rune)) return at;
                at += length;
            }

            return at;
        }
    }
}
