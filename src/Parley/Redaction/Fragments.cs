using Parley.Redaction.Numbers;

namespace Parley.Redaction;

/// <summary>
/// Finds what may be a part of something that must not be stored, in text whose neighbours are not known: every digit, and the words at an
/// edge, which may be those of an e-mail address.
/// </summary>
internal static class Fragments
{
    /// <summary>Stands for words that are not there.</summary>
    public const char Gap = '…';

    private const string Name = "redacted";

    /// <summary>Returns the digits with the words that they stand in, in order.</summary>
    public static IEnumerable<Finding> Digits(string text)
    {
        var tokens = new TokenList(text);
        var last = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Start < last || !IsDigits(tokens, i)) continue;
            var (start, end) = (tokens[i].Start, tokens[i].End);
            while (start > 0 && !IsBetweenWords(text[start - 1])) start--;
            while (end < text.Length && !IsBetweenWords(text[end])) end++;
            yield return new(start, end, Name);
            last = end;
        }
    }

    /// <summary>Returns what may be the end or the beginning of an address at the edges of the text and of its gaps.</summary>
    public static IEnumerable<Finding> Addresses(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf(Gap, at);
            if (end < 0) end = text.Length;
            var piece = text[at..end];
            yield return new(at + piece.Length - piece.TrimStart().Length, at + Emails.EndOfOpenStart(piece), Name);
            yield return new(at + Emails.OpenEndOf(new TokenList(piece)).Start, at + piece.TrimEnd().Length, Name);
            at = end + 1;
        }
    }

    /// <summary>Makes one of those that stand side by side.</summary>
    public static List<Finding> Join(string text, List<Finding> found)
    {
        var joined = new List<Finding>();
        foreach (var next in found)
        {
            if (joined.Count > 0 && joined[^1] is { Name: Name } last && next.Name == Name
                && text.AsSpan(last.End..next.Start).IsWhiteSpace())
                joined[^1] = last with { End = next.End };
            else
                joined.Add(next);
        }

        return joined;
    }

    // An article is a number beside another only: "un deux".
    private static bool IsDigits(TokenList tokens, int at) => tokens[at].Kind == TokenKind.Digits
        || (tokens[at].Term is { IsNumber: true } term && (!term.IsArticle || IsNumber(tokens, at - 1) || IsNumber(tokens, at + 1)));

    private static bool IsNumber(TokenList tokens, int at) =>
        at >= 0 && at < tokens.Count && (tokens[at].Kind == TokenKind.Digits || tokens[at].Term is { IsNumber: true });

    private static bool IsBetweenWords(char c) => c == Gap || char.IsWhiteSpace(c);
}
