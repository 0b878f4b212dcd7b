namespace Parley.Semantics;

/// <summary>What a text does, how sure that is, and why.</summary>
/// <param name="Intent">One of <see cref="Semantics.Intents"/>: what stands out most. It alone routes.</param>
/// <param name="Confidence">The probability of the intent, from 0 to 1.</param>
/// <param name="Evidence">
/// The words of the text that speak most for the intent, lower case, joined by a space; empty for a statement.
/// </param>
public readonly record struct IntentResult(string Intent, double Confidence, string Evidence)
{
    private readonly IReadOnlyList<string>? _intents;

    /// <summary>Gets all that the text does, what stands out most first; empty for a statement.</summary>
    public IReadOnlyList<string> Intents
    {
        get => _intents ?? Of(Intent);
        init => _intents = value;
    }

    /// <summary>Returns whether both say the same.</summary>
    public bool Equals(IntentResult other) =>
        Intent == other.Intent && Confidence.Equals(other.Confidence) && Evidence == other.Evidence && Intents.SequenceEqual(other.Intents);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Intent, Confidence, Evidence, Intents.Count);

    /// <summary>Returns the intents of a text that has one.</summary>
    internal static IReadOnlyList<string> Of(string? intent) => intent switch
    {
        null or Semantics.Intents.Statement => [],
        _ => [intent],
    };
}
