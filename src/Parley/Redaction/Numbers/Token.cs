namespace Parley.Redaction.Numbers;

/// <summary>The kinds of tokens.</summary>
internal enum TokenKind : byte
{
    Word,

    /// <summary>Decimal digits of any script, one behind the other.</summary>
    Digits,

    /// <summary>One character that is no letter, digit, space or border.</summary>
    Sign,
}

/// <summary>A word, a row of digits or a sign in a text.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">The character after its last.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Term">What the word means; null for a word that does not matter and for the other kinds.</param>
internal readonly record struct Token(int Start, int End, TokenKind Kind, Term? Term)
{
    public bool Is(TermUses use) => Term?.Has(use) == true;
}
