namespace Parley.Conversations.Rules;

/// <summary>Why a segment's work has no answer. One may still be added.</summary>
/// <param name="Kind">What became of the work.</param>
/// <param name="Reason">Why, in a word.</param>
public readonly record struct Unanswered(UnansweredKind Kind, string Reason);

/// <summary>What becomes of work without an answer.</summary>
public enum UnansweredKind
{
    /// <summary>It failed for good.</summary>
    Failed,

    /// <summary>It was dropped under load.</summary>
    Dropped,

    /// <summary>A later segment's work took it over.</summary>
    Joined,
}
