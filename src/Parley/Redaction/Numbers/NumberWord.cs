namespace Parley.Redaction.Numbers;

/// <summary>What a word does in a number that is said.</summary>
internal enum NumberRole : byte
{
    /// <summary>It is no part of a number.</summary>
    None,

    /// <summary>0 to 9.</summary>
    Digit,

    /// <summary>10 to 19, and Spanish words up to 29.</summary>
    Teen,

    /// <summary>20, 30 and so on: a digit may follow.</summary>
    Ten,

    /// <summary>100, 200 and so on in one word: the rest may follow.</summary>
    Hundreds,

    /// <summary>A number below 1,000 in one word, to which nothing is added.</summary>
    Whole,

    /// <summary>"hundred" after a digit.</summary>
    Hundred,

    /// <summary>"thousand", "million": the number is an amount.</summary>
    Large,

    /// <summary>"double": the digit that follows is said once and meant more often.</summary>
    Repeat,
}

/// <summary>A word of one language as a part of numbers.</summary>
/// <param name="Role">What it does.</param>
/// <param name="Value">Its value; for <see cref="NumberRole.Repeat"/> how often.</param>
internal readonly record struct NumberWord(NumberRole Role, int Value);
