using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Context;
using Parley.Routing;

namespace Parley.Work;

/// <summary>Does the work of any workflow without a model: it quotes. A question is left open, an action, a decision or a note is what was said.</summary>
public sealed class ExtractiveHandler : IWorkflowHandler
{
    /// <inheritdoc/>
    public string Version => "extractive/1";

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorkResult>> HandleAsync(IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return new([.. batch.Select(Extract)]);
    }

    internal WorkResult Extract(WorkItem item)
    {
        var said = Fence.Clean(item.Text);
        var workflow = WorkflowNames.TryParse(item.Workflow, out var known) ? known : Workflow.General;
        var data = workflow switch
        {
            Workflow.ActionItem => Extraction.Json("actions", [new(said, item.Speaker, Due: null)]),
            Workflow.Decision => Extraction.Json("decisions", [new(said, item.Speaker, Due: null)]),
            Workflow.Question => JsonSerializer.SerializeToElement(new JsonObject { ["answered"] = false }, ExtractionJson.Default.JsonObject),
            _ => (JsonElement?)null,
        };
        return new WorkResult(workflow == Workflow.Question ? "" : said, data) { Handler = Version };
    }
}
