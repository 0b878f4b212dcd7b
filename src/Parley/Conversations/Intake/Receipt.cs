using Parley.Conversations.Rules;

namespace Parley.Conversations.Intake;

/// <summary>What became of an input, once it cannot be lost any more.</summary>
/// <param name="Facts">What the log has of it; empty for a repeat, for a refusal, and for what only shows what may still change.</param>
/// <param name="Refusal">Why it was not taken; null where it was, or had been.</param>
public readonly record struct Receipt(IReadOnlyList<RecordedFact> Facts, Refusal? Refusal = null)
{
    /// <summary>Whether it had been taken before and changed nothing.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>What was out of order with a recogniser's message. It was taken all the same.</summary>
    public IReadOnlyList<Problem> Problems { get => field ?? []; init; }
}
