using System.Text.Json.Serialization;
using Parley.Protocol;

namespace Parley.Conversations.Rules;

/// <summary>Why a segment's work has no answer. One may still be added.</summary>
/// <param name="Kind">What became of the work.</param>
/// <param name="Reason">Why, in a word.</param>
public readonly record struct Unanswered(UnansweredKind Kind, string Reason)
{
    /// <summary>Gets what the stream had used of its budget by then; null where that was not told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelUsage? Usage { get; init; }

    /// <summary>Gets what the calls of models took before it was given up; null if there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TokenUsage? Used { get; init; }

    /// <summary>Returns whether a failure is the one that is known: one that took other calls is another.</summary>
    internal bool IsOf(WorkflowFailedPayload failed) => (Reason, Usage, Used) == (failed.Reason, failed.Usage, failed.Used);

    /// <inheritdoc cref="IsOf(WorkflowFailedPayload)"/>
    internal bool IsOf(SummaryFailedPayload failed) => (Reason, Usage, Used) == (failed.Reason, failed.Usage, failed.Used);
}

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
