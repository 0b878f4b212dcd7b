using System.Text.RegularExpressions;
using Parley.Redaction.Numbers;

namespace Parley.Redaction;

/// <summary>E-mail addresses, written or said, or half of each.</summary>
internal static class Emails
{
    // RFC 5321: the longest name before the at.
    private const int LongestName = 64;

    private const string B = "\u001F";

    // "ana, at, example dot com": recognisers write a pause as a comma.
    private const string Gap = $"{B}?,?[\\s{B}]+";

    // English, German, French and Spanish. A space stands for any gap.
    private static readonly string[] Dots = ["dot", "punkt", "point", "punto"];
    private static readonly string[] Ats = ["ät", "arobase", "arobas", "arrobase", "arroba", "at sign", "at-zeichen", "a commercial", "klammeraffe"];

    private static readonly string[] Signs =
    [
        .. Dots, "dash", "hyphen", "minus", "bindestrich", "tiret", "trait d'union", "guion", "guión", "menos", "moins",
        "underscore", "unterstrich", "tiret bas", "tiret du bas", "tiret du six", "tiret du huit", "underline", "under score", "souligné", "guion bajo", "guión bajo", "subrayado", "barra baja", "plus", "más",
    ];

    // "hot mail", "g mail": recognisers write the names of providers in two words.
    private static readonly string[] Halves = ["hot", "out"];

    // What an English address with "point" may end in. "at this point we" is none.
    private static readonly string[] Domains =
    [
        "com", "org", "net", "edu", "gov", "info", "biz", "io", "de", "fr", "es", "uk", "eu", "ch", "be", "it", "nl", "us", "ca", "mx", "ar", "lu",
    ];

    // "look at example dot com" is a page.
    private static readonly string[] NoNames =
    [
        "look", "looking", "us", "me", "it", "him", "her", "them", "you", "page", "site", "website", "visit", "is", "are", "was", "were", "be",
        "available", "online", "there", "here", "meet", "shop", "order", "buy", "more", "out", "up", "find", "found", "register", "sign", "live",
        "work", "working", "works", "start", "arrive", "arrives", "arrived", "article", "blog", "docs", "documentation", "read", "information",
        "details", "store", "hosted", "published", "point",
    ];

    private const string Label = $"\\w[\\w{B}-]*";
    private const string Text = $"[\\w.%+'{B}-]+";

    // A single letter in front of a name is a word: "escribe a ana". Several spell it.
    private const string Spelled = $"(?:\\b\\w{Gap}\\w{Gap}(?:\\w{Gap})*)?";

    private static readonly string Sign = $"{Gap}{Any(Signs)}{Gap}";
    private static readonly string Dot = $"(?:{B}?\\.{B}?|{Gap}{Any(Dots)}{Gap})";
    private static readonly string Domain = $"(?:(?:\\w|{Any(Halves)}){Gap})*{Label}(?:{Dot}{Label}|{Sign}\\w[\\w{B}]*)*";
    private static readonly string Top = $"(?<dot>{Dot})(?<top>\\p{{L}}{B}?\\p{{L}}[\\p{{L}}{B}]*|\\p{{L}}(?:{Gap}\\p{{L}}){{1,2}}\\b)";

    private static readonly Regex Address = Linear(
        $"(?<name>{Spelled}{Text}(?:{Sign}(?:\\w{Gap})*[\\w{B}]+)*)"
        + $"(?:[\\s{B}]{{0,3}}@[\\s{B}]{{0,3}}|{Gap}(?:(?<at>{Word("at")})|(?<sign>{Any(Ats)})){Gap})(?<domain>{Domain}){Top}");

    // Behind a name with a sign, or a word that means nothing else than at, a domain may be two words.
    private static readonly Regex LongAddress = Linear(
        $"(?<name>{Spelled}{Text})(?:(?:{Sign}(?:\\w{Gap})*[\\w{B}]+)+{Gap}{Word("at")}|{Gap}{Any(Ats)}){Gap}"
        + $"(?<domain>{Label}{Gap}{Domain}){Top}");

    // "ana underscore lima forty two at": what stands in front of the number.
    private static readonly Regex NameInFront = Linear($"[\\w.%+'{B}-]+(?:{Sign}(?:\\w{Gap})*[\\w{B}]+)+[\\s{B}]*\\z");

    private static readonly string Begun = $"(?:(?:\\b\\w|\\b{Any(Halves)}){Gap})*[\\w.%+'@{B}-]+";

    private static readonly Regex Beginning = Linear(
        $"(?:{Begun}{Gap}(?:@|{Any([.. Signs, .. Ats, "at"])}){Gap}(?:{Label}{Gap})?)*"
        + $"{Begun}(?:{Gap}(?:@|{Any(Beginnings())}))?,?[\\s{B}]*\\z");

    private static readonly Regex Continuation = Linear(
        $"\\A\\s*(?:(?:@|{Any([.. Signs, .. Ats, "at"])}){Gap})?[\\w.%+'@-]+"
        + $"(?:{Gap}(?:@|{Any([.. Signs, .. Ats, "at"])})(?:{Gap}[\\w.%+'@-]+)?)*");

    /// <summary>All of them in a text.</summary>
    public static IEnumerable<Finding> In(TokenList tokens) => All(tokens, Address).Concat(All(tokens, LongAddress));

    /// <summary>Where one may begin that goes on behind the end of the text: any last word may be a name.</summary>
    public static OpenEnd OpenEndOf(TokenList tokens)
    {
        var text = tokens.Text;
        if (Beginning.Match(text) is not { Success: true } match) return new(text.Length, IsTelling: false);
        var start = StartOf(tokens, match.Index + match.Length - match.ValueSpan.TrimStart(Spoken.Border).Length, isOpen: true);
        var at = text.LastIndexOf('@');
        if (at < match.Index) return new(Math.Max(start, text.Length - LongestName), IsTelling: false);

        // Words behind a whole address are no part of it, once there are two of them.
        var end = In(tokens).Where(finding => finding.Start <= at && finding.End > at).Select(finding => finding.End).DefaultIfEmpty(text.Length).Max();
        return text.AsSpan(end).Count(Spoken.Border) < 2
            ? new(start, IsTelling: true)
            : new(Math.Max(end + 1, text.Length - LongestName), IsTelling: false);
    }

    /// <summary>Returns where one may end that began in front of the text: any first word may be the rest of a domain.</summary>
    public static int EndOfOpenStart(string text) => Continuation.Match(text) is { Success: true } match ? match.Length : 0;

    private static IEnumerable<Finding> All(TokenList tokens, Regex addresses)
    {
        var text = tokens.Text;
        for (var match = addresses.Match(text); match.Success;)
        {
            var sign = match.Groups["at"].Success ? match.Groups["at"] : match.Groups["sign"];
            if (sign.Success)
            {
                // "reach me at ana@example.com": the last at counts.
                var next = addresses.Match(text, sign.Index + sign.Length);
                if (!IsAddress(match) || (next.Success && next.Index < match.Index + match.Length && IsAddress(next)))
                {
                    match = next;
                    continue;
                }
            }

            var (name, domain, top) = (match.Groups["name"], match.Groups["domain"], match.Groups["top"]);
            var start = EmailBorders.StartOf(text, match.Index, name.Index + name.Length);
            var end = EmailBorders.EndOf(text, domain.Index, top.Index, match.Index + match.Length);
            while (text[start] == Spoken.Border) start++;
            yield return new(StartOf(tokens, start, isOpen: false), end, "email");
            match = addresses.Match(text, end);
        }
    }

    // A border in front of a name is no part of it; a number that is said is, with the rest of the name. The last word of a text may
    // become a number.
    private static int StartOf(TokenList tokens, int start, bool isOpen)
    {
        var at = tokens.IndexAround(start);
        if (at < 0 || (!isOpen && !IsNumber(tokens[at]) && !tokens[at].Is(TermUses.Joiner))) return start;
        var first = at;
        while (first > 0 && IsInNumber(tokens, first - 1)) first--;
        if (first == at && !IsNumber(tokens[at])) return start;
        start = tokens[first].Start;
        var before = Math.Max(0, start - LongestName);
        if (NameInFront.Match(tokens.Text[before..start]) is { Success: true } name) return before + name.Index;
        if (first == 0 || !tokens.IsWordGap(first - 1)) return start;
        if (tokens.IsJoined(first - 2)) return tokens[first - 2].Start;
        return IsName(tokens[first - 1]) ? tokens[first - 1].Start : start;
    }

    // "noventa y uno", "double oh seven".
    private static bool IsInNumber(TokenList tokens, int at)
    {
        if (!IsBesideNext(tokens, at)) return false;
        if (IsNumber(tokens[at])) return true;
        return at > 0 && (tokens[at].Is(TermUses.Joiner) || tokens[at].Term is { IsArticle: true })
            && IsBesideNext(tokens, at - 1) && tokens[at - 1].Term is { IsNumber: true };
    }

    private static bool IsBesideNext(TokenList tokens, int at) => tokens.IsWordGap(at) || tokens.NextWord(at) == at + 1;

    // "ana ninety-one at", but not "to ninety-one at".
    private static bool IsName(Token token) =>
        token is { Kind: TokenKind.Word, Term: null or { IsNumber: false, Uses: TermUses.None, Cue: Cue.None } };

    private static bool IsNumber(Token token) => token.Term is { IsNumber: true, IsArticle: false };

    private static bool IsAddress(Match match)
    {
        if (!match.Groups["at"].Success) return true;
        var name = match.Groups["name"].Value;
        var last = name[(name.LastIndexOfAny([Spoken.Border, ' ']) + 1)..];
        if (IsOne(NoNames, last) || IsOne(NoNames, Plain(match.Groups["name"]))) return false;
        return !IsOne(["point"], Plain(match.Groups["dot"]).Trim()) || IsOne(Domains, Plain(match.Groups["top"]));
    }

    private static bool IsOne(string[] words, string word) => words.Contains(word, StringComparer.OrdinalIgnoreCase);

    private static string Plain(Group group) => group.Value.Replace($"{Spoken.Border}", "", StringComparison.Ordinal);

    private static Regex Linear(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static string Word(string word) => string.Join(Gap, word.Split(' ').Select(part => string.Join($"{B}?", part.AsEnumerable())));

    private static string Any(params IEnumerable<string> words) => Rest(words, between: "");

    // Words that begin alike share their beginning, which keeps the automaton small. The longest goes first.
    private static string Rest(IEnumerable<string> words, string between)
    {
        var all = words.ToList();
        var rests = all.Where(word => word.Length > 0).GroupBy(word => word[0], word => word[1..]).Select(group => group.Key == ' '
            ? $"{Gap}{Rest(group, "")}"
            : $"{between}{group.Key}{Rest(group, $"{B}?")}").ToList();
        if (rests.Count == 0) return "";
        return all.Contains("") ? $"(?:{string.Join('|', rests)})?" : $"(?:{string.Join('|', rests)})";
    }

    private static IEnumerable<string> Beginnings() => Signs.Concat(Ats).Append("at")
        .SelectMany(word => Enumerable.Range(1, word.Length).Select(length => word[..length].TrimEnd()))
        .Distinct().OrderByDescending(word => word.Length);
}
