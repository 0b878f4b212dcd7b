namespace Parley.Redaction.Numbers;

/// <summary>What the words beside a number say about it.</summary>
internal enum Cue : byte
{
    None,

    /// <summary>It is a phone number.</summary>
    Phone,

    /// <summary>It may be a phone number: "call", "my number".</summary>
    Reach,
    Card,
    Account,
    SortCode,
    Identity,

    /// <summary>It is a card's security code or a PIN.</summary>
    Secret,
    Iban,

    /// <summary>It is something that stays: an order, a version, an amount.</summary>
    Harmless,
}

/// <summary>What else a word does near a number.</summary>
[Flags]
internal enum TermUses : ushort
{
    None = 0,

    /// <summary>Said while thinking: it does not end a number.</summary>
    Filler = 1,

    /// <summary>A separator that is said: "dash".</summary>
    Separator = 2,

    /// <summary>"number", which does not say of what.</summary>
    Generic = 4,

    /// <summary>"my".</summary>
    Mine = 8,

    /// <summary>"is".</summary>
    Be = 16,

    /// <summary>"of".</summary>
    Of = 32,

    /// <summary>It may stand between a cue and its number.</summary>
    Link = 64,

    /// <summary>"and", "or".</summary>
    And = 128,

    /// <summary>"euros": what was counted.</summary>
    Unit = 256,

    /// <summary>"plus" in front of a country's number.</summary>
    Plus = 512,

    /// <summary>"point" in front of decimals.</summary>
    Point = 1024,

    /// <summary>"the", as in the German for "twice the eight".</summary>
    Article = 2048,

    /// <summary>"and" within a number: "treinta y cuatro".</summary>
    Joiner = 4096,
}

/// <summary>A word that matters in numbers or near them.</summary>
internal sealed class Term(string text, int languages)
{
    private readonly NumberWord[] _numbers = new NumberWord[languages];

    public string Text => text;

    public Cue Cue { get; set; }

    public TermUses Uses { get; set; }

    /// <summary>Gets the languages in whose numbers it is a part, a bit each.</summary>
    public int Languages { get; private set; }

    /// <summary>Whether it is a part of numbers in any language.</summary>
    public bool IsNumber => Languages != 0;

    /// <summary>Whether it is, more often than a number, an article or a word such as "oh".</summary>
    public bool IsArticle => text is "un" or "une" or "una" or "ein" or "o" or "oh" or "once";

    /// <summary>Whether it is one in more than one language.</summary>
    public bool IsShared => (Languages & (Languages - 1)) != 0;

    public bool Has(TermUses use) => (Uses & use) != 0;

    public NumberWord In(int language) => _numbers[language];

    public void Set(int language, NumberWord word)
    {
        _numbers[language] = word;
        Languages |= 1 << language;
    }
}
