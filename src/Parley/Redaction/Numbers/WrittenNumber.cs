using System.Text.RegularExpressions;

namespace Parley.Redaction.Numbers;

/// <summary>Written numbers that stay because of their form: dates, times, decimals, amounts, IP addresses, versions, ISBNs.</summary>
internal static partial class WrittenNumber
{
    private const int LongestKnown = 48;
    private const int Card = 13;
    private const int Identity = 7;

    /// <summary>Returns which tokens are digits of such a number, or of a code that has letters, too.</summary>
    public static bool[] FindKnown(TokenList tokens)
    {
        var known = new bool[tokens.Count];
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind != TokenKind.Digits) continue;
            var end = EndOf(tokens, i);
            Mark(tokens, known, i, end);
            i = end;
        }

        return known;
    }

    /// <summary>Returns the last token of what is written without spaces.</summary>
    private static int EndOf(TokenList tokens, int at)
    {
        while (tokens.IsJoined(at))
        {
            if (tokens[at + 1].Kind == TokenKind.Digits) at++;
            else if (IsSign(tokens, at + 1) && tokens.IsJoined(at + 1) && tokens[at + 2].Kind == TokenKind.Digits) at += 2;
            else break;
        }

        return at;
    }

    private static void Mark(TokenList tokens, bool[] known, int first, int last)
    {
        if (IsCode(tokens, first, last) || IsKnown(tokens, first, last))
        {
            Array.Fill(known, true, first, last - first + 1);
            return;
        }

        // Where a border stands between digits, nothing may be there, or a space.
        for (var (start, at) = (first, first); at <= last; at++)
        {
            if (at < last && (tokens[at].Kind != TokenKind.Digits || tokens[at + 1].Kind != TokenKind.Digits)) continue;
            if ((start > first || at < last) && IsKnown(tokens, start, at)) Array.Fill(known, true, start, at - start + 1);
            start = at + 1;
        }
    }

    private static bool IsKnown(TokenList tokens, int first, int last)
    {
        var (start, end) = (tokens[first].Start, tokens[last].End);
        if (end - start > LongestKnown) return false;
        var written = tokens.Text[start..end].Replace($"{Spoken.Border}", "", StringComparison.Ordinal);
        if (last == first || (start > 0 && tokens.Text[start - 1] == '+')) return false;
        if (Dotted().IsMatch(written)) return !NumberWithDots().IsMatch(written);
        return written.Contains(':') || Form().IsMatch(written) || IsIsbn(written);
    }

    /// <summary>"LH1234", "A-4711", "5km".</summary>
    private static bool IsCode(TokenList tokens, int first, int last)
    {
        var (text, start, end) = (tokens.Text, tokens[first].Start, tokens[last].End);
        var digits = 0;
        for (var at = first; at <= last && digits < Card; at++) digits += tokens[at].Kind == TokenKind.Digits ? tokens[at].End - tokens[at].Start : 0;
        var before = start - 1;
        if (before > 0 && text[before] is '-' or '_') before--;
        return (digits < Card && before >= 0 && IsLatin(text[before])) || (digits < Identity && end < text.Length && IsLatin(text[end]));
    }

    private static bool IsIsbn(string written)
    {
        if (!written.StartsWith("978-", StringComparison.Ordinal) && !written.StartsWith("979-", StringComparison.Ordinal)) return false;
        int[] digits = [.. written.Where(char.IsAsciiDigit).Select(digit => digit - '0')];
        return digits.Length == 13 && digits.Select((digit, index) => index % 2 == 0 ? digit : 3 * digit).Sum() % 10 == 0;
    }

    private static bool IsSign(TokenList tokens, int at) =>
        tokens[at].Kind == TokenKind.Sign && tokens.Text[tokens[at].Start] is '.' or ',' or ':' or '/' or '-' or '–' or '\'' or '’';

    private static bool IsLatin(char c) => c < '\u0250' && char.IsLetter(c);

    // Dates; decimals, but not "555.1234" and "415.5550132"; thousands in groups.
    [GeneratedRegex(
        @"^(?:(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])"
        + @"|(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)\d\d"
        + @"|(?:0?[1-9]|[12]\d|3[01])([./])(?:0?[1-9]|[12]\d|3[01])\3\d\d"
        + @"|(?:0|[1-9]\d{0,3})[.,]\d{1,3}|(?:0|[1-9]\d?|[1-9]\d{3})[.,]\d{4,}|[1-9]\d\d[.,](?:\d{5,6}|\d{8,})"
        + @"|[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|[1-9]\d{0,2}(?:['’]\d{3})+(?:[.,]\d+)?|[1-9]\d{0,2}(?:\.\d{3})+,\d+)\z",
        RegexOptions.ECMAScript)]
    private static partial Regex Form();

    // IP addresses, versions, thousands.
    [GeneratedRegex(
        @"^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}"
        + @"|[1-9]\d?(?:\.\d+){2,}|[1-9]\d\d(?:\.\d{3}){3,}|0(?:\.\d+){2,})\z",
        RegexOptions.ECMAScript)]
    private static partial Regex Dotted();

    // American and French phone numbers.
    [GeneratedRegex(@"^(?:1\.\d{3}\.\d{3}\.\d{4}|0\d(?:\.\d\d){4})\z", RegexOptions.ECMAScript)]
    private static partial Regex NumberWithDots();
}
