namespace Parley.Protocol;

/// <summary>The fold from what workflows say to the work that a viewer sees.</summary>
internal sealed class WorkFold
{
    private readonly List<WorkView> _work = [];

    /// <summary>What was asked of the workflows, in the order in which it was routed.</summary>
    public IReadOnlyList<WorkView> Work => _work;

    public void Fold(string segment, ServerPayload payload)
    {
        switch (payload)
        {
            case WorkflowRoutedPayload routed:
                if (routed.Replaces is { } earlier)
                    Change(earlier, routed.Workflow, work => work with { State = WorkState.Replaced });
                _work.Add(new WorkView(segment, routed.Workflow, routed.Intent, WorkState.Waiting, []));
                break;
            case WorkflowResultPayload result:
                Change(
                    segment,
                    result.Workflow,
                    work => work with
                    {
                        State = WorkState.Done,
                        Progress = null,
                        Results = [.. work.Results, result],
                        Used = TokenUsage.Sum(work.Used, result.Used),
                    });
                break;
            case WorkflowDroppedPayload { Reason: WorkflowDroppedPayload.Joined } joined:
                Change(segment, joined.Workflow, work => work with { State = WorkState.Replaced, Progress = null });
                break;
            case WorkflowDroppedPayload dropped:
                Change(
                    segment,
                    dropped.Workflow,
                    work => work with { State = WorkState.Dropped, Progress = null, Reason = dropped.Reason });
                break;
            case WorkflowFailedPayload failed:
                Change(
                    segment,
                    failed.Workflow,
                    work => work with
                    {
                        State = WorkState.Failed,
                        Progress = null,
                        Reason = failed.Reason,
                        Used = TokenUsage.Sum(work.Used, failed.Used),
                    });
                break;
        }
    }

    public bool ShowProgress(string segment, WorkflowProgressPayload progress)
    {
        // A viewer that reads slowly may get a piece of an answer after the answer.
        if (PlaceOf(segment, progress.Workflow) is >= 0 and var place && _work[place].State == WorkState.Done)
            return false;
        Change(segment, progress.Workflow, work => work with { Progress = progress.Text });
        return true;
    }

    private void Change(string segment, string workflow, Func<WorkView, WorkView> change)
    {
        var place = PlaceOf(segment, workflow);
        if (place < 0)
        {
            // Joined in the middle: what was routed earlier is not here, its result still shows.
            place = _work.Count;
            _work.Add(new WorkView(segment, workflow, null, WorkState.Waiting, []));
        }
        _work[place] = change(_work[place]);
    }

    private int PlaceOf(string segment, string workflow) =>
        _work.FindLastIndex(work => work.SegmentId == segment && work.Workflow == workflow);
}
