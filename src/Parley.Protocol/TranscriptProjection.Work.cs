namespace Parley.Protocol;

public sealed partial class TranscriptProjection
{
    private readonly List<WorkView> _work = [];

    /// <summary>What was asked of the workflows, in the order in which it was routed.</summary>
    public IReadOnlyList<WorkView> Work => _work;

    private void FoldWork(string segment, ServerPayload payload)
    {
        switch (payload)
        {
            case WorkflowRoutedPayload routed:
                if (routed.Replaces is { } earlier)
                    Change(earlier, routed.Workflow, work => work with { State = WorkState.Replaced });
                _work.Add(new WorkView(segment, routed.Workflow, routed.Intent, WorkState.Waiting, []));
                break;
            case WorkflowResultPayload result:
                Change(segment, result.Workflow, work => work with { State = WorkState.Done, Progress = null, Results = [.. work.Results, result] });
                break;
            case WorkflowDroppedPayload dropped:
                Change(segment, dropped.Workflow, work => work with { State = WorkState.Dropped, Progress = null, Reason = dropped.Reason });
                break;
            case WorkflowFailedPayload failed:
                Change(segment, failed.Workflow, work => work with { State = WorkState.Failed, Progress = null, Reason = failed.Reason });
                break;
        }
    }

    private bool ShowProgress(string segment, WorkflowProgressPayload progress)
    {
        // A viewer that reads slowly may get a piece of an answer after the answer.
        var place = _work.FindLastIndex(work => work.SegmentId == segment && work.Workflow == progress.Workflow);
        if (place >= 0 && _work[place].State == WorkState.Done)
            return false;
        Change(segment, progress.Workflow, work => work with { Progress = progress.Text });
        return true;
    }

    private void Change(string segment, string workflow, Func<WorkView, WorkView> change)
    {
        var place = _work.FindLastIndex(work => work.SegmentId == segment && work.Workflow == workflow);
        if (place < 0)
        {
            // Joined in the middle: what was routed earlier is not here, its result still shows.
            place = _work.Count;
            _work.Add(new WorkView(segment, workflow, null, WorkState.Waiting, []));
        }
        _work[place] = change(_work[place]);
    }
}

/// <summary>One segment's work in one workflow, as a viewer sees it.</summary>
/// <param name="SegmentId">The segment.</param>
/// <param name="Workflow">question, action_item, decision or general.</param>
/// <param name="Intent">What led there; null where the view began later.</param>
/// <param name="State">What has become of it.</param>
/// <param name="Results">The answers, oldest first.</param>
/// <param name="Reason">Why it was last dropped or failed; null where it never was.</param>
public sealed record WorkView(
    string SegmentId,
    string Workflow,
    string? Intent,
    WorkState State,
    IReadOnlyList<WorkflowResultPayload> Results,
    string? Reason = null)
{
    /// <summary>The answer so far, while it is being given; null before and after.</summary>
    public string? Progress { get; init; }
}

/// <summary>What has become of a piece of work.</summary>
public enum WorkState
{
    /// <summary>Nothing yet.</summary>
    Waiting,

    /// <summary>Answered.</summary>
    Done,

    /// <summary>Given up under load; it may still be done later.</summary>
    Dropped,

    /// <summary>Failed for good; it may still be done later.</summary>
    Failed,

    /// <summary>Taken over by the segment that goes on from this one.</summary>
    Replaced,
}
