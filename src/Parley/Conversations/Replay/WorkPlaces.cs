using Parley.Protocol;

namespace Parley.Conversations.Replay;

/// <summary>What is kept of a piece of work while its texts stay in the log.</summary>
/// <param name="Segment">The number of the segment.</param>
/// <param name="Workflow">The workflow, as <see cref="WorkPlaces"/> counts names.</param>
/// <param name="Intent">What led there, as it counts names.</param>
/// <param name="Reason">Why it was last dropped or failed, as it counts names.</param>
/// <param name="State">What has become of it.</param>
/// <param name="Answer">The last answer.</param>
/// <param name="Used">What the answers and failures took of models together; null if no model was asked.</param>
internal readonly record struct WorkPlace(
    long Segment, int Workflow, int Intent, int Reason, WorkState State, EventPlace Answer, TokenUsage? Used = null);

/// <summary>The fold from what workflows say to work, as <see cref="TranscriptProjection"/> does it, without texts.</summary>
internal sealed class WorkPlaces
{
    // Names are few and said often: workflows, intents, reasons.
    private readonly List<string?> _names = [null];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<WorkPlace> _work = [];
    private readonly Dictionary<(long Segment, int Workflow), int> _last = [];

    /// <summary>What does not wait, or was answered before it waited again.</summary>
    public IEnumerable<WorkPlace> Shown => _work.Where(work => work.State != WorkState.Waiting || work.Answer.EventId != 0);

    public void Take(string segmentId, ServerPayload payload, EventPlace place)
    {
        var segment = SegmentId.Parse(segmentId);
        switch (payload)
        {
            case WorkflowRoutedPayload routed:
                if (routed.Replaces is { } earlier)
                    Change(SegmentId.Parse(earlier), routed.Workflow, work => work with { State = WorkState.Replaced });
                Add(new(segment, Number(routed.Workflow), Number(routed.Intent), 0, WorkState.Waiting, default));
                break;
            case WorkflowResultPayload result:
                Change(segment, result.Workflow, work => work with
                {
                    State = WorkState.Done,
                    Answer = place,
                    Used = TokenUsage.Sum(work.Used, result.Used),
                });
                break;
            case WorkflowDroppedPayload { Reason: WorkflowDroppedPayload.Joined } joined:
                Change(segment, joined.Workflow, work => work with { State = WorkState.Replaced });
                break;
            case WorkflowDroppedPayload dropped:
                Change(segment, dropped.Workflow, work => work with { State = WorkState.Dropped, Reason = Number(dropped.Reason) });
                break;
            case WorkflowFailedPayload failed:
                Change(segment, failed.Workflow, work => work with
                {
                    State = WorkState.Failed,
                    Reason = Number(failed.Reason),
                    Used = TokenUsage.Sum(work.Used, failed.Used),
                });
                break;
        }
    }

    public WorkView ToView(WorkPlace work, WorkflowResultPayload? answer) => new(
        SegmentId.From(work.Segment),
        _names[work.Workflow]!,
        _names[work.Intent],
        work.State,
        answer is null ? [] : [answer],
        _names[work.Reason])
    {
        Used = work.Used,
    };

    private void Change(long segment, string workflow, Func<WorkPlace, WorkPlace> change)
    {
        var number = Number(workflow);
        if (!_last.TryGetValue((segment, number), out var at))
        {
            at = _work.Count;
            Add(new(segment, number, 0, 0, WorkState.Waiting, default));
        }

        _work[at] = change(_work[at]);
    }

    private void Add(WorkPlace work)
    {
        // A list that doubles holds three times what it needs while it grows.
        if (_work.Count == _work.Capacity) _work.EnsureCapacity(_work.Count + 64 + (_work.Count / 4));
        _last[(work.Segment, work.Workflow)] = _work.Count;
        _work.Add(work);
    }

    private int Number(string name)
    {
        if (_numbers.TryGetValue(name, out var number)) return number;
        _names.Add(name);
        return _numbers[name] = _names.Count - 1;
    }
}
