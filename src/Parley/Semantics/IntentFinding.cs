namespace Parley.Semantics;

/// <summary>How likely a text has an intent, and why.</summary>
/// <param name="Intent">One of <see cref="Intents"/>.</param>
/// <param name="Probability">From 0 to 1.</param>
/// <param name="Ratio">The probability divided by that from which on the intent is given: 1 or more where it is.</param>
/// <param name="Evidence">The words that speak most for it.</param>
internal readonly record struct IntentFinding(string? Intent, double Probability, double Ratio, Range Evidence)
{
    /// <summary>Gets whether the text has the intent.</summary>
    public bool IsGiven => Ratio >= 1;

    /// <summary>Returns the finding that stands out more: this one where both do alike.</summary>
    public IntentFinding Or(IntentFinding other) => other.Ratio > Ratio ? other : this;
}
