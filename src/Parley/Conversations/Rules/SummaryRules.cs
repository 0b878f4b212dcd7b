using Parley.Protocol;

namespace Parley.Conversations.Rules;

/// <summary>
/// The rules for what becomes of a summary, and of the failure to write one. Both are delivered at least once and applied once.
/// </summary>
internal static class SummaryRules
{
    /// <summary>Returns what follows from a summary. A model's summary is accepted even if an extractive summary covers the same range.</summary>
    public static Decision Decide(ConversationState state, SummaryPayload summary)
    {
        var isNew = (summary.Kind, summary.Author) switch
        {
            (SummaryKinds.Final, _) => state.Summary is not { Kind: SummaryKinds.Final } earlier || Replaces(summary, earlier),
            (_, SummaryAuthors.Model) => !IsWritten(state, summary.Kind, summary.ToEventId),
            _ => summary.ToEventId > state.SummarisedTo,
        };
        return isNew ? new([new VisibleFact(summary)]) : Decision.Repeat;
    }

    /// <summary>
    /// Returns what follows from a failure: nothing if the summary was written meanwhile, or the failure is known, with the same calls.
    /// </summary>
    public static Decision Decide(ConversationState state, SummaryFailedPayload failure)
    {
        if (IsWritten(state, failure.Kind, failure.ToEventId)) return Decision.Repeat;
        var isNew = state.UnwrittenSummary is { } before && before.IsOf(failure)
            ? !before.Why.IsOf(failure)
            : state.AwaitedSummary is not null;
        return isNew ? new([new VisibleFact(failure)]) : Decision.Repeat;
    }

    // Once the budget is used up, no model's summary is waited for any more.
    private static bool Replaces(SummaryPayload later, SummaryPayload earlier) =>
        earlier.Author == SummaryAuthors.Extractive
        && (later.Author == SummaryAuthors.Model || (later.Reason == SummaryReasons.Budget && earlier.Reason == SummaryReasons.Late));

    // A final summary covers everything, and is written although all of it was covered before.
    private static bool IsWritten(ConversationState state, string kind, long to) =>
        state.WrittenSummary is { } written
        && (written.Kind == SummaryKinds.Final || (kind != SummaryKinds.Final && to <= written.ToEventId));
}
