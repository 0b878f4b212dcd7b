using System.Text;
using Parley.Redaction.Numbers;

namespace Parley.Redaction;

/// <summary>
/// Takes out of texts what must not be stored or sent on; <c>[card]</c>, <c>[email]</c>, <c>[phone]</c>, <c>[iban]</c> or a pattern's
/// name stands in its place. Digits are found written or said ("four one one one"), together or parted by spaces, hyphens, dots and the like.
/// </summary>
/// <remarks>Pure: the same text gives the same result. Time is linear in the text. For chunks of a stream use <see cref="RedactionStream"/>.</remarks>
public sealed class Redactor
{
    private readonly RedactionConfig _config;
    private readonly NumberFinder _numbers;
    private readonly char _border;

    /// <summary>A redactor.</summary>
    /// <param name="config">What to take out; null is all that is known.</param>
    public Redactor(RedactionConfig? config = null)
    {
        _config = config ?? new RedactionConfig();
        _numbers = new(_config);
        _border = _config.Borders == ChunkBorders.Anywhere ? Spoken.Border : ' ';
    }

    /// <summary>The text without what must not be stored; the same text if there is nothing of it.</summary>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = Find(text);
        return found.Count == 0 ? text : Apply(text, 0, found);
    }

    /// <summary>
    /// Redacts a text that is torn out of what was said, where something may begin or end in words that are not there. Every word with a
    /// digit goes, and so do the words at its edges that may be part of an address; all of it, where there are patterns of one's own.
    /// </summary>
    internal string RedactFragment(string text)
    {
        const string All = "[redacted]";
        if (_config.Patterns.Count > 0) return All;
        IEnumerable<Finding> found =
        [
            .. Find(text),
            .. FindsNumbers ? Fragments.Digits(text) : [],
            .. _config.Emails ? Fragments.Addresses(text) : [],
        ];
        return Apply(text, 0, Fragments.Join(text, Merge(found.Where(finding => finding.End > finding.Start))));
    }

    /// <summary>The texts of one speaker's chunks as one, to look for findings in. Offsets are those of the texts, one more for each border.</summary>
    internal string Join(IEnumerable<string> texts) => string.Join(_border, texts);

    /// <summary>What is to go, in order, without overlaps.</summary>
    internal List<Finding> Find(string text) => Look(text, 0).Found;

    /// <summary>Returns what must go, in order, without overlaps, and the end of the text that what comes next may make a finding.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where it begins; the words in front of it only tell what numbers are.</param>
    internal (List<Finding> Found, OpenEnd Open) Look(string text, int from)
    {
        var tokens = new TokenList(text);
        var (numbers, openNumber) = FindsNumbers ? _numbers.Find(tokens) : ([], new(text.Length, false));
        var (ibans, openIban) = _config.Ibans ? Ibans.In(tokens, from, FirstOpenWord(tokens)) : ([], new(text.Length, false));
        var own = from == 0 ? text : text[from..];
        var found = Merge(
        [
            .. ibans,
            .. numbers.Concat(_config.Emails ? Emails.In(tokens) : [])
                .Where(finding => finding.End > from).Select(finding => finding with { Start = Math.Max(finding.Start, from) }),
            .. _config.Patterns.SelectMany(pattern => Matches(pattern, own)).Select(Move),
        ]);
        OpenEnd[] ends =
        [
            openNumber,
            openIban,
            _config.Emails ? Emails.OpenEndOf(tokens) : new(text.Length, false),
            .. _config.Patterns.Select(pattern => new OpenEnd(Math.Max(from, text.Length - pattern.MaxLength + 1), false)),
        ];
        return (found, new(Math.Max(from, ends.Min(end => end.Start)), ends.Any(end => end.IsTelling)));

        Finding Move(Finding finding) => new(finding.Start + from, finding.End + from, finding.Name);
    }

    private bool FindsNumbers => _config.Cards || _config.Phones || _config.Ibans;

    private int FirstOpenWord(TokenList tokens) =>
        _config.Borders == ChunkBorders.Anywhere ? tokens.FirstOpenWord(isNumber: true) : tokens.Count;

    private static List<Finding> Merge(IEnumerable<Finding> all)
    {
        var found = new List<Finding>();
        foreach (var next in all.OrderBy(finding => finding.Start))
        {
            if (found.Count > 0 && next.Start < found[^1].End)
                found[^1] = found[^1] with { End = Math.Max(found[^1].End, next.End) };
            else
                found.Add(next);
        }

        return found;
    }

    /// <summary>One of the joined texts, which starts at an offset, with names in place of what starts in it and without the rest of what starts before.</summary>
    internal static string Apply(string text, int offset, List<Finding> found)
    {
        var kept = new StringBuilder(text.Length);
        var at = 0;
        foreach (var finding in found)
        {
            var start = Math.Clamp(finding.Start - offset, at, text.Length);
            var end = Math.Clamp(finding.End - offset, 0, text.Length);
            if (end <= at || start >= text.Length) continue;
            kept.Append(text, at, start - at);
            if (finding.Start >= offset) kept.Append('[').Append(finding.Name).Append(']');
            at = end;
            while (kept.Length == 0 && at < text.Length && text[at] == ' ') at++;
        }

        return kept.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>With a space at the borders, and with nothing there: an expression of somebody else's cannot bear with both at once. Empty matches are none.</summary>
    private static List<Finding> Matches(RedactionPattern pattern, string text)
    {
        var found = new List<Finding>();
        foreach (var match in pattern.Regex.EnumerateMatches(text.Replace(Spoken.Border, ' ')))
        {
            if (match.Length > 0) found.Add(new(match.Index, match.Index + match.Length, pattern.Name));
        }

        if (!text.Contains(Spoken.Border)) return found;
        int[] places = [.. Enumerable.Range(0, text.Length).Where(at => text[at] != Spoken.Border)];
        foreach (var match in pattern.Regex.EnumerateMatches(string.Concat(text.Split(Spoken.Border))))
        {
            if (match.Length > 0) found.Add(new(places[match.Index], places[match.Index + match.Length - 1] + 1, pattern.Name));
        }

        return found;
    }
}
