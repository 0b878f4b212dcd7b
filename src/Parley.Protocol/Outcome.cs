using System.Text.Json.Serialization;

namespace Parley.Protocol;

/// <summary>A decision or an action item that the rules found in what was said. Without a model it is a candidate.</summary>
/// <param name="Id">Its name within the stream. A later segment that says more about it repeats it under the same id: the last one
/// counts.</param>
/// <param name="Kind">One of <see cref="OutcomeKinds"/>.</param>
/// <param name="What">What was decided or is to be done, in the words of the speaker.</param>
/// <param name="SegmentId">The final segment that is quoted.</param>
/// <param name="Quote">The words that say it, exactly as they stand in that segment.</param>
/// <param name="Who">Who will do it, or who decided it: a speaker's id, or a name as it was said; null where that is not certain.</param>
/// <param name="Due">By when, or from when, as it was said; null where that was not said.</param>
public sealed record Outcome(string Id, string Kind, string What, string SegmentId, string Quote, string? Who = null, string? Due = null)
{
    /// <summary>
    /// Gets whether the speaker of the quoted segment will do it, or decided it, and has no name yet: the name that the segment gets later
    /// is then <see cref="Who"/>. False for all others.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BySpeaker { get; init; }
}

/// <summary>The kinds of outcomes, named as the workflows that they belong to.</summary>
public static class OutcomeKinds
{
    /// <summary>Something that was decided and now holds.</summary>
    public const string Decision = "decision";

    /// <summary>Something that a person will do or is asked to do.</summary>
    public const string ActionItem = "action_item";
}
