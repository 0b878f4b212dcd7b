using System.Text.RegularExpressions;

namespace Parley.Work;

/// <summary>
/// A server's own words as an operator may see them: short, on one line, without keys, and only if they quote nothing that was said.
/// </summary>
internal static partial class ServerWords
{
    private const int Longest = 200;
    private const int QuotedWords = 3;

    /// <summary>Returns the words; null where they quote what was said, or nothing is left of them.</summary>
    /// <param name="words">What the server says.</param>
    /// <param name="said">What was sent to it, and what it has answered so far.</param>
    public static string? WithoutSpeech(string? words, string said)
    {
        if (string.IsNullOrWhiteSpace(words) || words.TrimStart().StartsWith('<') || Quotes(words, said)) return null;
        var line = Secret().Replace(Gap().Replace(words, " ").Trim(), "…");
        if (line.Length <= Longest) return line;
        var end = char.IsHighSurrogate(line[Longest - 1]) ? Longest - 1 : Longest;
        return $"{line[..end]}…";
    }

    // Something between quotation marks, a number or an address, text without spaces, or a few words one after the other.
    private static bool Quotes(string words, string said)
    {
        foreach (Match quoted in Quoted().Matches(words))
        {
            if (said.Contains(quoted.Groups["text"].Value, StringComparison.OrdinalIgnoreCase)) return true;
        }

        var (heard, told) = ($" {string.Join(' ', WordsOf(said))} ", WordsOf(words));
        for (var i = 0; i < told.Length; i++)
        {
            if (IsTelling(told[i]) && heard.Contains(told[i], StringComparison.Ordinal)) return true;
            if (i + QuotedWords > told.Length) continue;
            var run = $" {string.Join(' ', told[i..(i + QuotedWords)])} ";
            if (heard.Contains(run, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static bool IsTelling(string word) => word.Length >= 4 && word.Any(c => char.IsAsciiDigit(c) || c > 0x2E7F);

    private static string[] WordsOf(string text) => [.. Word().Matches(text).Select(word => word.Value.ToLowerInvariant())];

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+")]
    private static partial Regex Word();

    [GeneratedRegex("""["“'‘`](?<text>[^"”'’`]{2,}?)["”'’`]""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Gap();

    [GeneratedRegex(@"\bsk-[\w*-]+|(?<![\w./:-])(?=[\w-]*\d)[\w-]{20,}(?![\w./:-])")]
    private static partial Regex Secret();
}
