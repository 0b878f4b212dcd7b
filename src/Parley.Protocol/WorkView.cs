namespace Parley.Protocol;

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

    /// <summary>Gets what the answers and failures took of models together; null if no model was asked.</summary>
    public TokenUsage? Used { get; init; }
}
