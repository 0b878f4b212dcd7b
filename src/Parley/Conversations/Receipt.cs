namespace Parley.Conversations;

/// <summary>What became of an input, once it cannot be lost any more.</summary>
/// <param name="Facts">What the log has of it; empty for a repeat and for a refusal.</param>
/// <param name="Refusal">Why it was not taken; null where it was, or had been.</param>
public readonly record struct Receipt(IReadOnlyList<RecordedFact> Facts, Refusal? Refusal = null)
{
    /// <summary>Whether it had been taken before and changed nothing.</summary>
    public bool IsRepeat => Facts.Count == 0 && Refusal is null;
}
