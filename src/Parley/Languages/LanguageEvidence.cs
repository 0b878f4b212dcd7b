using System.Collections.Immutable;

namespace Parley.Languages;

/// <summary>
/// What the first segments of a conversation say about its language: their text, and the languages that its recogniser named. It does not
/// change: <see cref="Add"/> returns the next one.
/// </summary>
/// <param name="Text">The text so far, at most <see cref="MaxCharacters"/> and the last segment.</param>
/// <param name="Stated">The letters of the text in each language that the recogniser named, by the name.</param>
/// <param name="Segments">The number of segments.</param>
internal sealed record LanguageEvidence(string Text, ImmutableSortedDictionary<string, int> Stated, int Segments)
{
    private const int MaxSegments = 20;
    private const int MaxCharacters = 2_000;

    // A word or two that a recogniser took for another language decide nothing.
    private const int FewestLetters = 12;

    public static LanguageEvidence None { get; } = new("", ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal), 0);

    /// <summary>Gets the evidence of a conversation whose language is not looked for.</summary>
    public static LanguageEvidence Over { get; } = None with { Segments = MaxSegments };

    /// <summary>Gets whether the first segments are over: what they did not tell stays unknown.</summary>
    public bool IsFull => Segments >= MaxSegments || Text.Length >= MaxCharacters;

    /// <summary>Returns the evidence with one segment more; the same where it is full.</summary>
    /// <param name="text">What was said.</param>
    /// <param name="stated">The language as its recogniser names it; null for none.</param>
    public LanguageEvidence Add(string text, string? stated)
    {
        if (IsFull) return this;
        var letters = text.Count(char.IsLetter);
        var all = stated is null ? Stated : Stated.SetItem(stated, Stated.GetValueOrDefault(stated) + letters);
        var kept = text.Length <= MaxCharacters ? text : text[..MaxCharacters];
        return new(Text.Length == 0 ? kept : $"{Text} {kept}", all, Segments + 1);
    }

    /// <summary>
    /// Returns the code of the language; null where it is not clear. A recogniser that names languages knows better than the words.
    /// </summary>
    /// <param name="languages">The languages that can be recognised.</param>
    public string? Decide(LanguageTable languages)
    {
        var stated = Stated.GroupBy(said => languages.CodeOf(said.Key), said => said.Value)
            .Where(said => said.Key is not null)
            .Select(said => (Code: said.Key, Letters: said.Sum()))
            .ToList();
        if (stated.Count == 0) return languages.Detect(Text);
        var (most, letters) = stated.MaxBy(said => said.Letters);
        return letters >= FewestLetters && 2 * letters > stated.Sum(said => said.Letters) ? most : null;
    }
}
