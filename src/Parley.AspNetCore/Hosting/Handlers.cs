using Microsoft.Extensions.DependencyInjection;
using Parley.Routing;
using Parley.Work;

namespace Parley.AspNetCore.Hosting;

/// <summary>
/// Who does the work: handlers of the application's own (registered as <see cref="IWorkflowHandler"/> under the workflow's name as key),
/// else a model where there is one, else quoting. What nobody does is told, and not waited for.
/// </summary>
internal sealed class Handlers
{
    private static readonly Workflow[] Quotable = [Workflow.ActionItem, Workflow.Decision];

    public Handlers(IServiceProvider services, ConfiguredModels models)
    {
        var byName = new Dictionary<string, IWorkflowHandler>(StringComparer.Ordinal);
        foreach (var workflow in Enum.GetValues<Workflow>())
        {
            var name = workflow.ToName();
            var handler = services.GetKeyedService<IWorkflowHandler>(name)
                ?? OfModel(workflow, models.For(workflow.ToString()))
                ?? (Quotable.Contains(workflow) ? new ExtractiveHandler() : null);
            if (handler is not null) byName[name] = handler;
        }

        ByName = byName;
        Workflows = [.. Enum.GetValues<Workflow>().Where(workflow => byName.ContainsKey(workflow.ToName()))];
    }

    public IReadOnlyDictionary<string, IWorkflowHandler> ByName { get; }

    /// <summary>The workflows that somebody does.</summary>
    public IReadOnlyList<Workflow> Workflows { get; }

    private static IWorkflowHandler? OfModel(Workflow workflow, ChatModel? model) => (workflow, model) switch
    {
        (_, null) => null,
        (Workflow.Question, _) => new AnswerHandler(model),
        (Workflow.ActionItem, _) => ExtractionHandler.OfActions(model),
        (Workflow.Decision, _) => ExtractionHandler.OfDecisions(model),
        _ => null,
    };
}
