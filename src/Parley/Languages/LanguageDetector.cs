namespace Parley.Languages;

/// <summary>
/// Tells the language of a text: by the script where a language has one of its own, else by the frequent words that it has. A word counts
/// once, and the less the more languages have it. The same text gives the same answer on every machine.
/// </summary>
internal sealed class LanguageDetector
{
    private const int FewestLetters = 8;

    // Tried on 9,000 beginnings of recorded English meetings: one was taken for another language, and that began with a German sentence.
    private const double LeastWeight = 3;
    private const double LeastShare = 0.2;
    private const double LeastLead = 2;

    // Of 21,000 beginnings of English meetings with as many words none had fewer English ones than 0.15.
    private const int FewestForeignWords = 30;
    private const double MostEnglish = 0.12;
    private const char LastLatin = '\u024F';

    private readonly IReadOnlyList<Language> _languages;
    private readonly Dictionary<string, int[]> _words = [];

    public LanguageDetector(IReadOnlyList<Language> languages)
    {
        _languages = languages;
        foreach (var word in languages.SelectMany(language => language.Words).Distinct())
            _words[word] = [.. Enumerable.Range(0, languages.Count).Where(i => languages[i].Words.Contains(word))];
    }

    public string? Detect(string text)
    {
        var words = WordsOf(text).ToHashSet(StringComparer.Ordinal);
        if ((ByLetters(text) ?? ByWords(words)) is { } language) return language.Code;
        return IsForeign(text, words) ? LanguageTag.Undetermined : null;
    }

    // Another script, or many words of which hardly any is English.
    private static bool IsForeign(string text, HashSet<string> words)
    {
        var letters = text.Count(char.IsLetter);
        var foreign = text.Count(letter => char.IsLetter(letter) && letter > LastLatin && letter is < '\u1E00' or > '\u1EFF');
        return (letters >= FewestLetters && 2 * foreign > letters)
            || (words.Count >= FewestForeignWords
                && words.Count(LanguageTable.English.Words.Contains) < MostEnglish * words.Count);
    }

    private Language? ByLetters(string text)
    {
        var letters = text.Count(char.IsLetter);
        if (letters < FewestLetters) return null;
        Language? best = null;
        var most = 1.0;
        foreach (var language in _languages)
        {
            if (language.Letters is not { } own) continue;
            var excess = text.Count(own.Contains) / (own.Share * letters);
            if (excess >= most) (best, most) = (language, excess);
        }

        return best;
    }

    private Language? ByWords(HashSet<string> words)
    {
        var weights = new double[_languages.Count];
        foreach (var word in words)
        {
            if (!_words.TryGetValue(word, out var owners) && !_words.TryGetValue(Elided(word), out owners)) continue;
            foreach (var owner in owners) weights[owner] += 1.0 / owners.Length;
        }

        var best = Array.IndexOf(weights, weights.Max());
        var weight = weights[best];
        weights[best] = 0;
        return weight >= LeastWeight && weight >= LeastShare * words.Count && weight >= LeastLead * weights.Max() ? _languages[best] : null;
    }

    // What stands before the apostrophe: l'équipe begins with the article l'.
    private static string Elided(string word) => word[..(word.IndexOf('\'', StringComparison.Ordinal) + 1)];

    private static IEnumerable<string> WordsOf(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && (char.IsLetter(text[i]) || (start >= 0 && IsApostrophe(text, i))))
            {
                if (start < 0) start = i;
            }
            else if (start >= 0)
            {
                yield return text[start..i].Replace('\u2019', '\'').ToLowerInvariant();
                start = -1;
            }
        }
    }

    private static bool IsApostrophe(string text, int at) =>
        text[at] is '\'' or '\u2019' && at + 1 < text.Length && char.IsLetter(text[at + 1]);
}
