namespace Parley.Semantics;

/// <summary>
/// What a segment does. The vocabulary is open: an intent is a string, these are the ones that
/// the annotator here gives.
/// </summary>
public static class Intents
{
    /// <summary>Asks for something the speaker does not know or wants confirmed.</summary>
    public const string Question = "question";

    /// <summary>Asks about what was just said: to repeat, to confirm, to explain it.</summary>
    public const string Clarification = "clarification";

    /// <summary>Something that someone should do: a request, a suggestion, an order.</summary>
    public const string ActionItem = "action_item";

    /// <summary>Something that the speaker takes on.</summary>
    public const string Commitment = "commitment";

    /// <summary>A choice that is made: "let's go with the second one".</summary>
    public const string Decision = "decision";

    /// <summary>Accepts what was said or proposed.</summary>
    public const string Agreement = "agreement";

    /// <summary>All else.</summary>
    public const string Statement = "statement";
}
