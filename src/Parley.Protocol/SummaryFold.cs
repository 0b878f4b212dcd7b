namespace Parley.Protocol;

/// <summary>The fold from all summaries of a conversation to those that are shown: the best of each range.</summary>
internal sealed class SummaryFold
{
    private readonly List<SummaryPayload> _summaries = [];

    /// <summary>Gets the best summary of each range, oldest range first.</summary>
    public IReadOnlyList<SummaryPayload> All => _summaries;

    /// <summary>Gets the one that covers most: the final one, else the last. Null before the first.</summary>
    public SummaryPayload? Best => _summaries.Aggregate((SummaryPayload?)null, (best, next) => best is null || IsBetter(next, best) ? next : best);

    /// <summary>Takes the next summary, and returns whether it is shown.</summary>
    public bool Add(SummaryPayload summary)
    {
        var at = _summaries.FindIndex(other => IsOfSameRange(other, summary));
        if (at < 0) _summaries.Insert(PlaceOf(summary), summary);
        else if (IsBetter(summary, _summaries[at])) _summaries[at] = summary;
        else return false;
        return true;
    }

    /// <summary>
    /// Returns whether a summary is shown in place of an earlier one: the final one comes before all others, then the one that covers later
    /// events. Of the same range a model's comes before one that was made without it, and else the later one.
    /// </summary>
    public static bool IsBetter(SummaryPayload later, SummaryPayload earlier)
    {
        if (!IsOfSameRange(later, earlier)) return IsFinal(later) || (!IsFinal(earlier) && later.ToEventId > earlier.ToEventId);
        return later.Author == SummaryAuthors.Model || earlier.Author != SummaryAuthors.Model;
    }

    private int PlaceOf(SummaryPayload summary) => IsFinal(summary)
        ? _summaries.Count
        : _summaries.FindLastIndex(other => !IsFinal(other) && other.ToEventId <= summary.ToEventId) + 1;

    // What one of them covers begins where a summary before it ends, whoever wrote that: only the end tells them apart.
    private static bool IsOfSameRange(SummaryPayload one, SummaryPayload other) =>
        one.Kind == other.Kind && (IsFinal(one) || one.ToEventId == other.ToEventId);

    private static bool IsFinal(SummaryPayload summary) => summary.Kind == SummaryKinds.Final;
}
