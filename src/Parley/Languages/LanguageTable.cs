using System.Collections.Frozen;

namespace Parley.Languages;

/// <summary>The languages that are known, by their codes. It does not change: <see cref="With"/> returns another one.</summary>
public sealed class LanguageTable
{
    private readonly FrozenDictionary<string, Language> _byName;

    private LanguageTable(IReadOnlyList<Language> languages)
    {
        All = languages;
        var byName = new Dictionary<string, Language>(StringComparer.OrdinalIgnoreCase);
        foreach (var language in languages)
        {
            // Some recognisers say a name instead of a code.
            foreach (var name in NamesOf(language)) byName[name] = language;
        }

        _byName = byName.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        Detector = new LanguageDetector(languages);
    }

    /// <summary>Gets English.</summary>
    public static Language English { get; } = Read("en");

    /// <summary>
    /// Gets the languages that come with Parley: English, German, French, Spanish, Portuguese, Italian, Dutch, Japanese, Chinese.
    /// </summary>
    public static LanguageTable BuiltIn { get; } =
        new([English, .. new[] { "de", "fr", "es", "pt", "it", "nl", "ja", "zh" }.Select(Read)]);

    /// <summary>Gets the languages, in the order in which they were added.</summary>
    public IReadOnlyList<Language> All { get; }

    internal LanguageDetector Detector { get; }

    /// <summary>Returns a table with one language more. It replaces a language of the same code.</summary>
    /// <param name="language">The language.</param>
    /// <exception cref="ArgumentException">It has a code or the name of English, which the built-in rules are made for.</exception>
    public LanguageTable With(Language language)
    {
        ArgumentNullException.ThrowIfNull(language);
        if (NamesOf(language).Intersect(NamesOf(English), StringComparer.OrdinalIgnoreCase).Any())
            throw new ArgumentException("English cannot be replaced: the built-in rules are made for it.", nameof(language));
        return new([.. All.Where(known => known.Code != language.Code), language]);
    }

    /// <summary>Returns the language of a tag, a code or an English name; null where it is not in the table.</summary>
    /// <param name="name">The name, such as <c>de-AT</c> or <c>german</c>.</param>
    public Language? Find(string? name) =>
        name is null ? null
        : _byName.TryGetValue(LanguageTag.PrimaryOf(name) ?? name, out var language) ? language
        : null;

    /// <summary>
    /// Returns the language of a code, for texts in it: English where the language is not known, and one with English texts where it is
    /// known but not in the table.
    /// </summary>
    /// <param name="code">The code; null where the language is not known.</param>
    public Language For(string? code) => code is null ? English : Find(code) ?? new Language
    {
        Code = code,
        Name = code == LanguageTag.Undetermined ? "the language of the conversation" : $"the language with the code \"{code}\"",
        Topics = English.Topics,
        Decisions = English.Decisions,
        Actions = English.Actions,
        Nothing = English.Nothing,
        ModelOnly = English.ModelOnly,
    };

    /// <summary>
    /// Returns the code of the language that a text is in; <see cref="LanguageTag.Undetermined"/> where it is none of these and cannot be
    /// English; null where that cannot be told.
    /// </summary>
    /// <param name="text">The text. A sentence or two are mostly enough.</param>
    public string? Detect(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Detector.Detect(text);
    }

    /// <summary>Returns the code for what a recogniser or a client calls a language; null where it says nothing of use.</summary>
    /// <param name="name">The name, such as <c>cmn-Hans-CN</c> or <c>english</c>; null for none.</param>
    public string? CodeOf(string? name) => Find(name)?.Code ?? LanguageTag.PrimaryOf(name);

    private static string[] NamesOf(Language language) => [language.Code, language.Name, .. language.Also];

    private static Language Read(string code)
    {
        using var stream = typeof(LanguageTable).Assembly.GetManifestResourceStream($"Parley.Languages.{code}.json")!;
        using var reader = new StreamReader(stream);
        return Language.Parse(reader.ReadToEnd());
    }
}
