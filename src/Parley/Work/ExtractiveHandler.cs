using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Protocol;
using Parley.Routing;

namespace Parley.Work;

/// <summary>
/// Does the work of any workflow without a model. It quotes: a question is left open, a note is what was said. Of actions and decisions
/// it answers what the
/// rules found in the segment, each a candidate, and nothing where they found nothing.
/// </summary>
public sealed class ExtractiveHandler : IWorkflowHandler
{
    /// <inheritdoc/>
    public string Version => "extractive/2";

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorkResult>> HandleAsync(IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return new([.. batch.Select(Extract)]);
    }

    internal WorkResult Extract(WorkItem item) => WorkflowNames.TryParse(item.Workflow, out var workflow) ? Extract(item, workflow) : Quote(item);

    private WorkResult Extract(WorkItem item, Workflow workflow) => workflow switch
    {
        Workflow.ActionItem => Candidates(item, "actions"),
        Workflow.Decision => Candidates(item, "decisions"),
        Workflow.Question => new WorkResult("", Json(new JsonObject { ["answered"] = false })) { Handler = Version },
        _ => Quote(item),
    };

    private WorkResult Quote(WorkItem item) => new(OneLine(item.Text)) { Handler = Version };

    private WorkResult Candidates(WorkItem item, string name)
    {
        var found = (item.Outcomes ?? []).Where(outcome => outcome.Kind == item.Workflow).ToList();
        var data = new JsonObject { [name] = new JsonArray([.. found.Select(outcome => (JsonNode)Json(outcome))]) };
        return new WorkResult(string.Join('\n', found.Select(outcome => OneLine(outcome.Quote))), Json(data)) { Handler = Version };
    }

    // The words as they were said, with what redaction put into them, such as [email]: only a prompt needs a fence.
    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static JsonObject Json(Outcome outcome) => new()
    {
        ["what"] = OneLine(outcome.What),
        ["who"] = outcome.Who,
        ["due"] = outcome.Due,
        ["quote"] = outcome.Quote,
        ["candidate"] = true,
    };

    private static JsonElement Json(JsonObject data) => JsonSerializer.SerializeToElement(data, ExtractionJson.Default.JsonObject);
}
