using System.Globalization;

namespace Parley.Redaction;

/// <summary>Digits and separators as people say them and recognisers write them.</summary>
internal static class Spoken
{
    /// <summary>Between two chunks: perhaps a space, perhaps nothing.</summary>
    public const char Border = '\u001F';

    private const int LongestGap = 3;

    // "o" comes last: at a border it may be the beginning of "one".
    private static readonly (string Word, int Value)[] DigitWords =
    [
        ("zero", 0), ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("oh", 0), ("o", 0),
    ];

    /// <summary>Reads one digit, written or said.</summary>
    public static bool TryDigit(string text, int at, out Digit digit)
    {
        digit = default;
        if (at >= text.Length) return false;
        if (CharUnicodeInfo.GetDecimalDigitValue(text[at]) is >= 0 and var value)
        {
            digit = new(at, at + 1, value);
            return true;
        }

        if (!StartsWord(text, at)) return false;
        foreach (var (word, number) in DigitWords)
        {
            var (end, read) = Read(text, at, word);
            if (read < word.Length || (end < text.Length && char.IsLetter(text[end]))) continue;
            digit = new(at, end, number);
            return true;
        }

        return false;
    }

    /// <summary>Whether the text ends, from here on, in the beginning of a digit that is said.</summary>
    public static bool EndsInDigitWord(string text, int at) =>
        at < text.Length && StartsWord(text, at) && DigitWords.Any(digit => Read(text, at, digit.Word).End == text.Length);

    /// <summary>Whether a letter stands at the beginning of a word, or may.</summary>
    public static bool StartsWord(string text, int at) => char.IsAsciiLetter(text[at]) && (at == 0 || !char.IsLetterOrDigit(text[at - 1]));

    /// <summary>Where the next digit or letter of one number may stand: behind the separators, or nowhere (-1).</summary>
    public static int SkipGap(string text, int at)
    {
        // Where chunks meet there is nothing to be heard: a border does not count.
        for (var (end, gap) = (at, 0); end <= text.Length && gap <= LongestGap; end++)
        {
            if (end == text.Length || !IsSeparator(text, end)) return end;
            if (text[end] != Border) gap++;
        }

        return -1;
    }

    // "1,000,000" is an amount; "four, one" is a pause.
    private static bool IsSeparator(string text, int at) => text[at] switch
    {
        ',' => at + 1 == text.Length || text[at + 1] == Border || char.IsWhiteSpace(text[at + 1]),
        '-' or '.' or '/' or '(' or ')' or '‐' or '‑' or '–' => true,
        var c => c == Border || char.IsWhiteSpace(c),
    };

    private static (int End, int Read) Read(string text, int at, string word)
    {
        var read = 0;
        var end = at;
        for (var i = at; i < text.Length && read < word.Length; i++)
        {
            if (char.ToLowerInvariant(text[i]) == word[read])
                (read, end) = (read + 1, i + 1);
            else if (text[i] != Border || i == at)
                break;
            else if (i + 1 == text.Length)
                end = text.Length;
        }

        return (end, read);
    }
}

/// <summary>One digit in a text, with as many characters as it takes.</summary>
internal readonly record struct Digit(int Start, int End, int Value);
