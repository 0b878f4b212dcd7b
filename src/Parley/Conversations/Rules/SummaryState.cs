using Parley.Protocol;

namespace Parley.Conversations.Rules;

/// <summary>A summary that should be made.</summary>
/// <param name="Kind"><c>incremental</c> or <c>final</c>.</param>
/// <param name="FromEventId">The first fact it covers.</param>
/// <param name="ToEventId">The last fact it covers.</param>
public sealed record DueSummary(string Kind, long FromEventId, long ToEventId)
{
    /// <summary>Returns whether a summary up to an event covers all of this one. Only a final one covers a final one.</summary>
    internal bool IsCoveredBy(string kind, long to) => kind == SummaryKinds.Final || (Kind != SummaryKinds.Final && ToEventId <= to);
}

/// <summary>A summary that no model has written, although one was asked to. It may still be written.</summary>
/// <param name="Summary">What it was to cover.</param>
/// <param name="Why">Why it was not written.</param>
public sealed record UnwrittenSummary(DueSummary Summary, Unanswered Why)
{
    internal bool IsOf(SummaryFailedPayload failure) => Summary.Kind == failure.Kind && Summary.ToEventId == failure.ToEventId;

    internal bool IsOf(SummaryPayload summary) => Summary.Kind == summary.Kind && Summary.ToEventId == summary.ToEventId;
}

/// <summary>What a conversation knows of its summaries. It does not change: each fact gives the next one.</summary>
internal sealed record SummaryState
{
    /// <summary>Gets the summary that should be made next, whoever makes it; null where none is due.</summary>
    public DueSummary? Due { get; init; }

    /// <summary>Gets the summary that a model should write next; null where none is due.</summary>
    public DueSummary? Awaited { get; init; }

    /// <summary>Gets whether the summary that is awaited counts as routed already: one was made without a model until it comes.</summary>
    public bool IsAwaitedRouted { get; init; }

    /// <summary>Gets the last summary, the final one once there is one; null before the first.</summary>
    public SummaryPayload? Last { get; init; }

    /// <summary>Gets the event of <see cref="Last"/>.</summary>
    public long LastEventId { get; init; }

    /// <summary>Gets the last summary that is not known to be made without a model: the next one is written over it.</summary>
    public SummaryPayload? Written { get; init; }

    /// <summary>Gets the summary that was given up; null where there is none.</summary>
    public UnwrittenSummary? Unwritten { get; init; }

    /// <summary>Gets how many a model was asked to write.</summary>
    public long Routed { get; init; }

    /// <summary>Gets how many of these were written, or left out by the budget.</summary>
    public long Done { get; init; }

    /// <summary>Gets how many of these were given up, and are covered by a later one.</summary>
    public long Joined { get; init; }

    /// <summary>Returns what follows from a summary's falling due.</summary>
    public SummaryState After(SummaryDue due, long eventId) => this with
    {
        Due = new(due.Kind, To(Last) + 1, eventId),
        Awaited = new(due.Kind, To(Written) + 1, eventId),
    };

    /// <summary>Returns what follows from a summary.</summary>
    public SummaryState After(SummaryPayload summary, long eventId)
    {
        var isLast = Last is null
            || summary.Kind == SummaryKinds.Final
            || (Last.Kind != SummaryKinds.Final && summary.ToEventId >= Last.ToEventId);
        var next = this with
        {
            Last = isLast ? summary : Last,
            LastEventId = isLast ? eventId : LastEventId,
            Written = summary.Author == SummaryAuthors.Extractive ? Written : summary,
        };
        next = next with { Due = Rest(Due, summary, next.Last) };
        if (summary.Author == SummaryAuthors.Model || summary.Reason == SummaryReasons.Budget) next = next.Counted(summary);
        if (summary.Reason == SummaryReasons.Late && Awaited is not null && !IsAwaitedRouted)
            return next with { Routed = Routed + 1, IsAwaitedRouted = true };
        return summary.Reason is SummaryReasons.Late or SummaryReasons.Failed ? next : next.WithoutAwaited(summary.Kind, summary.ToEventId);
    }

    /// <summary>Returns what follows from the failure to write one.</summary>
    public SummaryState After(SummaryFailedPayload failure)
    {
        var kind = failure.Attempts == 0 ? UnansweredKind.Dropped : UnansweredKind.Failed;
        var next = this with
        {
            Unwritten = new(
                new(failure.Kind, failure.FromEventId, failure.ToEventId),
                new(kind, failure.Reason) { Usage = failure.Usage, Used = failure.Used }),
        };
        if (Unwritten is null || !Unwritten.IsOf(failure))
        {
            // What is tried next covers what was given up before.
            next = next with
            {
                Joined = Unwritten is null ? Joined : Joined + 1,
                Routed = IsRouted(failure.Kind, failure.ToEventId) ? Routed : Routed + 1,
            };
        }

        return next.WithoutAwaited(failure.Kind, failure.ToEventId);
    }

    private SummaryState Counted(SummaryPayload summary)
    {
        var isKnown = IsRouted(summary.Kind, summary.ToEventId) || Unwritten?.IsOf(summary) == true;
        var counted = this with { Routed = isKnown ? Routed : Routed + 1, Done = Done + 1 };
        if (Unwritten is null || !Unwritten.Summary.IsCoveredBy(summary.Kind, summary.ToEventId)) return counted;
        return counted with { Unwritten = null, Joined = Unwritten.IsOf(summary) ? Joined : Joined + 1 };
    }

    private bool IsRouted(string kind, long to) => IsAwaitedRouted && Awaited?.IsCoveredBy(kind, to) == true;

    private SummaryState WithoutAwaited(string kind, long to) => Awaited is null ? this
        : Awaited.IsCoveredBy(kind, to) ? this with { Awaited = null, IsAwaitedRouted = false }
        : this with { Awaited = Awaited with { FromEventId = To(Written) + 1 } };

    private static DueSummary? Rest(DueSummary? due, SummaryPayload summary, SummaryPayload? last) =>
        due is null || due.IsCoveredBy(summary.Kind, summary.ToEventId) ? null : due with { FromEventId = To(last) + 1 };

    private static long To(SummaryPayload? summary) => summary?.ToEventId ?? 0;
}
