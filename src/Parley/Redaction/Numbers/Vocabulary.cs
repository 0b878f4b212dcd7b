namespace Parley.Redaction.Numbers;

/// <summary>The words that matter in numbers and near them, of every language.</summary>
/// <remarks>
/// All languages apply to every text: a conversation's is often not known when a number is said. One number is in one language.
/// </remarks>
internal sealed class Vocabulary
{
    private static readonly string[] Codes = ["en", "de", "fr", "es"];

    private readonly Dictionary<string, Term> _terms = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Cue> _pairs = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Term>.AlternateLookup<ReadOnlySpan<char>> _byText;
    private readonly string[] _sorted;
    private readonly string[] _sortedNumbers;

    private Vocabulary()
    {
        for (var language = 0; language < Codes.Length; language++) Add(NumberLanguage.Read(Codes[language]), language);
        _byText = _terms.GetAlternateLookup<ReadOnlySpan<char>>();
        _sorted = Sort(_terms.Values);
        _sortedNumbers = Sort(_terms.Values.Where(term => term.IsNumber || term.Has(TermUses.Plus)));
        LongestWord = _sorted.Max(word => word.Length);
    }

    /// <summary>Gets the built-in words.</summary>
    public static Vocabulary BuiltIn { get; } = new();

    /// <summary>Gets the number of languages.</summary>
    public static int Languages => Codes.Length;

    /// <summary>Gets the length of the longest word.</summary>
    public int LongestWord { get; }

    /// <summary>Returns the term of a word; null if it does not matter.</summary>
    public Term? Find(ReadOnlySpan<char> word) => word.Length <= LongestWord && _byText.TryGetValue(word, out var term) ? term : null;

    /// <summary>Returns what two words say together.</summary>
    public Cue FindPair(Term first, Term second) => _pairs.GetValueOrDefault($"{first.Text} {second.Text}");

    /// <summary>Returns whether a word is one that matters, or the beginning of one.</summary>
    /// <param name="letters">The word.</param>
    /// <param name="isNumber">Whether only words count that are parts of numbers.</param>
    public bool IsBeginning(ReadOnlySpan<char> letters, bool isNumber)
    {
        var sorted = isNumber ? _sortedNumbers : _sorted;
        if (letters.Length > LongestWord) return false;
        Span<char> lower = stackalloc char[letters.Length];
        letters.ToLowerInvariant(lower);
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle].AsSpan().SequenceCompareTo(lower) < 0) low = middle + 1;
            else high = middle;
        }

        return low < sorted.Length && sorted[low].AsSpan().StartsWith(lower, StringComparison.Ordinal);
    }

    private static string[] Sort(IEnumerable<Term> terms) =>
        [.. terms.Select(term => term.Text.ToLowerInvariant()).Order(StringComparer.Ordinal)];

    private void Add(NumberLanguage words, int language)
    {
        foreach (var (word, number) in words.Numbers()) TermOf(word).Set(language, number);
        Add(words, "fillers", TermUses.Filler);
        Add(words, "separators", TermUses.Separator);
        Add(words, "generic", TermUses.Generic);
        Add(words, "mine", TermUses.Mine | TermUses.Link);
        Add(words, "be", TermUses.Be | TermUses.Link);
        Add(words, "of", TermUses.Of | TermUses.Link);
        Add(words, "links", TermUses.Link);
        Add(words, "and", TermUses.And);
        Add(words, "units", TermUses.Unit);
        Add(words, "plus", TermUses.Plus);
        Add(words, "point", TermUses.Point);
        Add(words, "article", TermUses.Article);
        foreach (var joiner in (string[])["joiner", "hundred_and", "reversed"]) Add(words, joiner, TermUses.Joiner);
        Add(words, "phone", Cue.Phone);
        Add(words, "reach", Cue.Reach);
        Add(words, "card", Cue.Card);
        Add(words, "account", Cue.Account);
        Add(words, "sort_code", Cue.SortCode);
        Add(words, "identity", Cue.Identity);
        Add(words, "secret", Cue.Secret);
        Add(words, "iban", Cue.Iban);
        Add(words, "harmless", Cue.Harmless);
    }

    private void Add(NumberLanguage words, string list, TermUses uses)
    {
        // "per cent" is found by its second word.
        foreach (var word in words.Words(list)) TermOf(word[(word.LastIndexOf(' ') + 1)..]).Uses |= uses;
    }

    private void Add(NumberLanguage words, string list, Cue cue)
    {
        foreach (var word in words.Words(list))
        {
            if (word.Split(' ') is [var first, var second])
            {
                TermOf(first);
                TermOf(second);
                _pairs[word] = cue;
            }
            else if (TermOf(word) is { Cue: Cue.None } term)
            {
                term.Cue = cue;
            }
        }
    }

    private Term TermOf(string word) => _terms.TryGetValue(word, out var term) ? term : _terms[word] = new(word, Codes.Length);
}
