using System.Collections.Frozen;

namespace Parley.Languages;

/// <summary>What is known of a language: its name for prompts, the built-in texts in it, and how text in it is recognised.</summary>
public sealed class Language
{
    internal Language()
    {
    }

    /// <summary>Gets the primary subtag of BCP 47, such as <c>de</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Gets the name in English, as prompts say it, such as <c>German</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the heading of a summary's topics.</summary>
    public required string Topics { get; init; }

    /// <summary>Gets the heading of a summary's decisions.</summary>
    public required string Decisions { get; init; }

    /// <summary>Gets the heading of a summary's action items.</summary>
    public required string Actions { get; init; }

    /// <summary>Gets the sentence that stands under a heading without content.</summary>
    public required string Nothing { get; init; }

    /// <summary>Gets the sentence that says that decisions and action items are found in this language by a model only.</summary>
    public required string ModelOnly { get; init; }

    /// <summary>Gets other codes that recognisers have for it, such as <c>cmn</c> for Chinese.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>Gets whether the built-in rules find questions, decisions and action items by their words. True of English.</summary>
    public bool HasIntents => Code == LanguageTable.English.Code;

    /// <summary>Gets the words that are frequent in it and say little: text is recognised by them, and they are no topics.</summary>
    internal FrozenSet<string> Words { get; init; } = [];

    /// <summary>Gets the letters that text is recognised by; null where words tell.</summary>
    internal LanguageLetters? Letters { get; init; }

    /// <summary>
    /// Returns the language for a text in whose conversation a model looks for decisions and action items: under a heading without content
    /// stands that nothing was found.
    /// </summary>
    internal Language ReadByModel() => new()
    {
        Code = Code,
        Name = Name,
        Topics = Topics,
        Decisions = Decisions,
        Actions = Actions,
        Nothing = Nothing,
        ModelOnly = Nothing,
        Also = Also,
        Words = Words,
        Letters = Letters,
    };

    /// <summary>Reads a language from JSON of the same shape as the built-in ones: docs/semantics.md shows one.</summary>
    /// <param name="json">The JSON text.</param>
    /// <exception cref="LanguageFormatException">Something in it is wrong; the message names the field.</exception>
    public static Language Parse(string json) => LanguageJson.Parse(json);
}

/// <summary>Letters that a language is recognised by.</summary>
/// <param name="From">The first of them.</param>
/// <param name="To">The last of them.</param>
/// <param name="Share">The share that they have of all letters of a text in this language, at least.</param>
internal sealed record LanguageLetters(char From, char To, double Share)
{
    public bool Contains(char letter) => letter >= From && letter <= To;
}
