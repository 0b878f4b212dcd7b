using System.Globalization;

namespace Parley.Semantics;

/// <summary>
/// Reads the words of a text, each as the hash of its lower-case letters: no string is made.
/// A word is letters, digits, marks and apostrophes between them; curly apostrophes count as straight ones.
/// </summary>
internal ref struct WordReader(ReadOnlySpan<char> text)
{
    private const ulong Seed = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private readonly ReadOnlySpan<char> _text = text;
    private int _next;

    public int Start { get; private set; }

    public int End { get; private set; }

    public ulong Hash { get; private set; }

    public bool MoveNext()
    {
        var i = _next;
        while (i < _text.Length && !IsWord(_text[i])) i++;
        if (i == _text.Length) return false;

        Start = i;
        var hash = Seed;
        for (; i < _text.Length; i++)
        {
            var c = _text[i];
            if (IsApostrophe(c) && i + 1 < _text.Length && IsWord(_text[i + 1])) c = '\'';
            else if (!IsWord(c)) break;
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

    public static bool IsWord(char c) => char.IsAscii(c)
        ? char.IsAsciiLetterOrDigit(c) || c == '_'
        : char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber;

    public static char Lower(char c) => char.IsAscii(c)
        ? (char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c)
        : char.ToLowerInvariant(c);
}
