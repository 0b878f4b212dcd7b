using System.Globalization;
using System.Text;
using Parley.Streaming;

namespace Parley.Semantics;

/// <summary>
/// Reads the words of a text, each as the hash of its lower-case letters: no string is made.
/// A word is letters, digits, marks and apostrophes between them; curly apostrophes count as straight ones.
/// </summary>
internal ref struct WordReader(ReadOnlySpan<char> text)
{
    private const ulong Seed = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private static readonly bool[] AsciiWord = [.. Enumerable.Range(0, 128).Select(c => char.IsAsciiLetterOrDigit((char)c) || c == '_')];

    private readonly ReadOnlySpan<char> _text = text;
    private int _next;

    public int Start { get; private set; }

    public int End { get; private set; }

    public ulong Hash { get; private set; }

    public bool MoveNext()
    {
        var i = _next;
        while (i < _text.Length && !IsWord(_text, i)) i++;
        if (i == _text.Length) return false;

        Start = i;
        var hash = Seed;
        for (; i < _text.Length; i++)
        {
            var c = _text[i];
            if (c == '\u02BC' || !IsWord(_text, i))
            {
                if (!IsApostrophe(c) || i + 1 == _text.Length || !IsWord(_text, i + 1)) break;
                c = '\'';
            }

            hash = (hash ^ Lower(c)) * Prime;
        }

        (End, _next, Hash) = (i, i, hash);
        return true;
    }

    public static ulong HashOf(ReadOnlySpan<char> token)
    {
        var hash = Seed;
        foreach (var c in token) hash = (hash ^ c) * Prime;
        return hash;
    }

    public static bool IsApostrophe(char c) => c is '\'' or '\u2019' or '\u02BC';

    /// <summary>Whether the character there is part of a word. Half a surrogate pair is none.</summary>
    public static bool IsWord(ReadOnlySpan<char> text, int at)
    {
        var c = text[at];
        if (c < AsciiWord.Length) return AsciiWord[c];
        if (char.IsSurrogate(c)) return TryGetRune(text, at, out var rune) && Rune.IsLetterOrDigit(rune);
        return char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
    }

    /// <summary>Whether the character there is a letter of a script that puts no spaces between words.</summary>
    public static bool IsUnspaced(ReadOnlySpan<char> text, int at) =>
        !char.IsAscii(text[at]) && TryGetRune(text, at, out var rune) && TextJoins.IsUnspaced(rune);

    private static bool TryGetRune(ReadOnlySpan<char> text, int at, out Rune rune)
    {
        if (!char.IsSurrogate(text[at])) return Rune.TryCreate(text[at], out rune);
        if (char.IsLowSurrogate(text[at]) && at > 0) at--;
        rune = default;
        return at + 1 < text.Length && Rune.TryCreate(text[at], text[at + 1], out rune);
    }

    public static char Lower(char c) => char.IsAscii(c)
        ? (char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c)
        : char.ToLowerInvariant(c);
}
