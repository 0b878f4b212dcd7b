namespace Parley.Redaction;

/// <summary>What parts the digits of a number, and the letters of a word.</summary>
internal static class Spoken
{
    /// <summary>Between two chunks: perhaps a space, perhaps nothing.</summary>
    public const char Border = '\u001F';

    private const int LongestGap = 3;

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
        '-' or '.' or '/' or '(' or ')' or '‐' or '‑' or '–' or '…' => true,
        var c => c == Border || char.IsWhiteSpace(c),
    };
}
