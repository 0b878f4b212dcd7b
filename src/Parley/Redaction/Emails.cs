using System.Text.RegularExpressions;

namespace Parley.Redaction;

/// <summary>E-mail addresses, written or said, or half of each.</summary>
internal static class Emails
{
    // RFC 5321: the longest name before the at.
    private const int LongestName = 64;

    private const string B = "\u001F";
    private const string Gap = $"[\\s{B}]+";
    private static readonly string[] Signs = ["dot", "point", "dash", "hyphen", "minus", "underscore", "plus"];

    private static readonly Regex Address = Linear(
        $"[\\w.%+'{B}-]+(?:{Gap}{Any(Signs)}{Gap}[\\w{B}]+)*(?:[\\s{B}]{{0,3}}@[\\s{B}]{{0,3}}|{Gap}{Word("at")}{Gap})"
        + $"\\w[\\w{B}-]*(?:{Dot()}\\w[\\w{B}-]*|{Gap}{Any(Signs)}{Gap}\\w[\\w{B}]*)*{Dot()}\\p{{L}}{B}?\\p{{L}}[\\p{{L}}{B}]*");

    private static readonly Regex Beginning = Linear(
        $"(?:[\\w.%+'@{B}-]+{Gap}(?:@|{Any([.. Signs, "at"])}){Gap})*[\\w.%+'@{B}-]+(?:{Gap}(?:@|{Any(Beginnings())}))?[\\s{B}]*\\z");

    private static readonly Regex Rest = Linear(
        $"\\A\\s*(?:(?:@|{Any([.. Signs, "at"])}){Gap})?[\\w.%+'@-]+(?:{Gap}(?:@|{Any([.. Signs, "at"])})(?:{Gap}[\\w.%+'@-]+)?)*");

    /// <summary>All of them in a text.</summary>
    public static IEnumerable<Finding> In(string text) => Address.Matches(text).Select(match => new Finding(match.Index, match.Index + match.Length, "email"));

    /// <summary>Where one may begin that goes on behind the end of the text: any last word may be a name.</summary>
    public static OpenEnd OpenEndOf(string text)
    {
        if (Beginning.Match(text) is not { Success: true } match) return new(text.Length, IsTelling: false);
        return match.ValueSpan.Contains('@') ? new(match.Index, IsTelling: true) : new(Math.Max(match.Index, text.Length - LongestName), IsTelling: false);
    }

    /// <summary>Returns where one may end that began in front of the text: any first word may be the rest of a domain.</summary>
    public static int EndOfOpenStart(string text) => Rest.Match(text) is { Success: true } match ? match.Length : 0;

    private static Regex Linear(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static string Dot() => $"(?:{B}?\\.{B}?|{Gap}{Any("dot", "point")}{Gap})";

    private static string Word(string word) => string.Join($"{B}?", word.AsEnumerable());

    private static string Any(params IEnumerable<string> words) => $"(?:{string.Join('|', words.Select(Word))})";

    private static IEnumerable<string> Beginnings() =>
        Signs.Append("at").SelectMany(word => Enumerable.Range(1, word.Length).Select(length => word[..length])).Distinct().OrderByDescending(word => word.Length);
}
