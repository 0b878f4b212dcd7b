using System.Text.RegularExpressions;

namespace Parley.Redaction;

/// <summary>E-mail addresses, written or said, or half of each.</summary>
internal static class Emails
{
    // RFC 5321: the longest name before the at.
    private const int LongestName = 64;

    private const string B = "\u001F";
    private const string Gap = $"[\\s{B}]+";

    // English, German, French and Spanish. A space stands for any gap.
    private static readonly string[] Dots = ["dot", "punkt", "point", "punto"];
    private static readonly string[] Ats = ["at", "ät", "arobase", "arobas", "arrobase", "arroba", "at sign", "klammeraffe"];

    private static readonly string[] Signs =
    [
        .. Dots, "dash", "hyphen", "minus", "bindestrich", "tiret", "trait d'union", "guion", "guión", "menos", "moins",
        "underscore", "unterstrich", "tiret bas", "souligné", "guion bajo", "guión bajo", "subrayado", "barra baja", "plus", "más",
    ];

    // "g mail", "hot mail": recognisers write the names of providers in two words.
    private static readonly string[] Halves = ["hot", "out", "pro", "free", "i", "g", "e", "pay", "you", "cloud"];

    // Of "at this point we" nothing is an address.
    private static readonly string[] Domains =
        ["com", "org", "net", "edu", "gov", "info", "biz", "io", "de", "fr", "es", "uk", "eu", "ch", "be", "it", "nl", "us", "ca", "mx", "ar", "lu"];

    // "look at example dot com" is a page.
    private static readonly string[] NoNames =
    [
        "look", "looking", "us", "me", "it", "him", "her", "them", "you", "page", "site", "website", "visit", "is", "are", "was", "were", "be", "available",
        "online", "there", "here", "meet", "shop", "order", "buy", "more", "out", "up", "find", "found", "register", "sign", "live", "work", "working", "works", "start",
        "arrive", "arrives", "arrived", "article", "blog", "docs", "documentation", "read", "information", "info's", "details", "store", "hosted", "published", "point",
    ];

    private static readonly string Label = $"\\w[\\w{B}-]*";

    private static readonly Regex Address = Linear(
        $"(?<name>(?:[\\w]{Gap})*[\\w.%+'{B}-]+(?:{Gap}{Any(Signs)}{Gap}(?:[\\w]{Gap})*[\\w{B}]+)*)"
        + $"(?:[\\s{B}]{{0,3}}@[\\s{B}]{{0,3}}|{Gap}(?<at>{Any(Ats)}){Gap})"
        + $"(?:(?:\\w|{Any(Halves)}){Gap})*{Label}(?:{Dot}{Label}|{Gap}{Any(Signs)}{Gap}\\w[\\w{B}]*)*(?<dot>{Dot})"
        + $"(?<top>\\p{{L}}{B}?\\p{{L}}[\\p{{L}}{B}]*|\\p{{L}}(?:{Gap}\\p{{L}}){{1,2}}\\b)");

    private static readonly Regex Beginning = Linear(
        $"(?:{Name}{Gap}(?:@|{Any([.. Signs, .. Ats])}){Gap})*{Name}(?:{Gap}(?:@|{Any(Beginnings())}))?[\\s{B}]*\\z");

    private static readonly Regex Rest = Linear(
        $"\\A\\s*(?:(?:@|{Any([.. Signs, .. Ats])}){Gap})?[\\w.%+'@-]+(?:{Gap}(?:@|{Any([.. Signs, .. Ats])})(?:{Gap}[\\w.%+'@-]+)?)*");

    private static string Dot => $"(?:{B}?\\.{B}?|{Gap}{Any(Dots)}{Gap})";

    private static string Name => $"(?:(?:\\w|{Any(Halves)}){Gap})*[\\w.%+'@{B}-]+";

    /// <summary>All of them in a text.</summary>
    public static IEnumerable<Finding> In(string text) =>
        Address.Matches(text).Where(IsAddress).Select(match => new Finding(match.Index, match.Index + match.Length, "email"));

    /// <summary>Where one may begin that goes on behind the end of the text: any last word may be a name.</summary>
    public static OpenEnd OpenEndOf(string text)
    {
        if (Beginning.Match(text) is not { Success: true } match) return new(text.Length, IsTelling: false);
        return match.ValueSpan.Contains('@') ? new(match.Index, IsTelling: true) : new(Math.Max(match.Index, text.Length - LongestName), IsTelling: false);
    }

    /// <summary>Returns where one may end that began in front of the text: any first word may be the rest of a domain.</summary>
    public static int EndOfOpenStart(string text) => Rest.Match(text) is { Success: true } match ? match.Length : 0;

    private static bool IsAddress(Match match)
    {
        if (!Plain(match.Groups["at"]).Equals("at", StringComparison.OrdinalIgnoreCase)) return true;
        var name = match.Groups["name"].Value;
        var last = name[(name.LastIndexOf(Spoken.Border) + 1)..];
        if (NoNames.Contains(last, StringComparer.OrdinalIgnoreCase) || NoNames.Contains(Plain(match.Groups["name"]), StringComparer.OrdinalIgnoreCase)) return false;
        return !Plain(match.Groups["dot"]).Trim().Equals("point", StringComparison.OrdinalIgnoreCase)
            || Domains.Contains(Plain(match.Groups["top"]), StringComparer.OrdinalIgnoreCase);
    }

    private static string Plain(Group group) => group.Value.Replace($"{Spoken.Border}", "", StringComparison.Ordinal);

    private static Regex Linear(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static string Word(string word) => string.Join(Gap, word.Split(' ').Select(part => string.Join($"{B}?", part.AsEnumerable())));

    private static string Any(params IEnumerable<string> words) => $"(?:{string.Join('|', words.Select(Word))})";

    private static IEnumerable<string> Beginnings() => Signs.Concat(Ats)
        .SelectMany(word => Enumerable.Range(1, word.Length).Select(length => word[..length].TrimEnd())).Distinct().OrderByDescending(word => word.Length);
}
