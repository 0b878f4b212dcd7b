namespace Parley.Redaction;

/// <summary>What must not be stored or sent on. By default everything that is known here.</summary>
public sealed record RedactionConfig
{
    /// <summary>Payment cards: 13 to 19 digits that pass the Luhn check, not starting with 0 or 1. Default true.</summary>
    public bool Cards { get; init; } = true;

    /// <summary>
    /// E-mail addresses, written or spoken ("ana dot smith at example dot com"). "look at example.com" looks the same and goes too. Default true.
    /// </summary>
    public bool Emails { get; init; } = true;

    /// <summary>Phone numbers: nine digits or more, seven after a plus, however they are grouped. Default true.</summary>
    /// <remarks>No rule tells a phone number from another number that long; in speech it is nearly always somebody's.</remarks>
    public bool Phones { get; init; } = true;

    /// <summary>International bank account numbers: a country's length, and modulo 97 as ISO 13616 says. Default true.</summary>
    public bool Ibans { get; init; } = true;

    /// <summary>Patterns of one's own. Default none.</summary>
    public IReadOnlyList<RedactionPattern> Patterns { get; init; } = [];

    /// <summary>What may stand at the border of two chunks. Default <see cref="ChunkBorders.Anywhere"/>.</summary>
    public ChunkBorders Borders { get; init; } = ChunkBorders.Anywhere;
}
