namespace Parley.Conversations.Rules;

/// <summary>What follows from an input: facts, or nothing because it was there before, or a refusal.</summary>
/// <param name="Facts">The input as a fact, then what follows from it. Empty for a repeat and for a refusal.</param>
/// <param name="Refusal">Why it is refused; null where it is not.</param>
public readonly record struct Decision(IReadOnlyList<Fact> Facts, Refusal? Refusal = null)
{
    /// <summary>Nothing follows: the input was taken before, or comes too late to matter.</summary>
    public static Decision Repeat { get; } = new([]);

    internal static Decision Refuse(string code, string message) => new([], new Refusal(code, message));
}

/// <summary>An input that is not taken, and why. The conversation is as it was.</summary>
/// <param name="Code">One of <see cref="Protocol.ErrorCodes"/>.</param>
/// <param name="Message">For people. Never what was said.</param>
/// <param name="Expected">The sequence that the conversation waits for, where a chunk was ahead of a hole.</param>
public sealed record Refusal(string Code, string Message, long? Expected = null);
