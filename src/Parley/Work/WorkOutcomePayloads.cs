using Parley.Protocol;

namespace Parley.Work;

/// <summary>Outcomes as viewers are told of them.</summary>
public static class WorkOutcomePayloads
{
    /// <summary>The same with what the conversation has used of a model by now; null leaves it out.</summary>
    internal static ServerPayload ToPayload(this WorkOutcome outcome, ModelUsage? usage) => outcome.ToPayload() switch
    {
        WorkflowResultPayload result => result with { Usage = usage },
        WorkflowFailedPayload failed => failed with { Usage = usage },
        var payload => payload,
    };

    /// <summary>What a conversation is handed for this outcome. An item that another took over counts as dropped, and is no dead letter.</summary>
    public static ServerPayload ToPayload(this WorkOutcome outcome) => outcome switch
    {
        WorkDone done => new WorkflowResultPayload(done.Item.Workflow, done.Handler, done.Result.Text, done.Result.Data)
        {
            CutReason = done.Result.CutReason,
            Prompt = done.Result.Prompt,
            Used = done.Used,
        },
        WorkFailed failed => new WorkflowFailedPayload(failed.Item.Workflow, failed.Handler, failed.Reason, failed.Attempts)
        {
            Detail = failed.Detail,
            Used = failed.Used,
        },
        WorkDropped dropped => new WorkflowDroppedPayload(dropped.Item.Workflow, dropped.Reason),
        WorkReplaced replaced => new WorkflowDroppedPayload(replaced.Item.Workflow, DeadLetters.Joined),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome?.GetType().Name, "No such outcome."),
    };
}
