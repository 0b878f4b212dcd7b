namespace Parley.Protocol;

/// <summary>An entry of the list of decisions and action items, as every view of a conversation shows it.</summary>
/// <param name="Kind">One of <see cref="OutcomeKinds"/>.</param>
/// <param name="What">What was decided or is to be done.</param>
/// <param name="SegmentId">The segment that says it.</param>
/// <param name="IsCandidate">Whether the rules found it and no model has read its segment for it.</param>
/// <param name="Quote">The exact words that say it; null where a model read the whole segment.</param>
/// <param name="Who">Who will do it, or who decided it; null where that is not known.</param>
/// <param name="Due">By when, or from when; null where that was not said.</param>
public sealed record OutcomeView(
    string Kind, string What, string SegmentId, bool IsCandidate, string? Quote = null, string? Who = null, string? Due = null);
