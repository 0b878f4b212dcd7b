using Microsoft.Extensions.DependencyInjection;
using Parley.Context;
using Parley.Routing;
using Parley.Work;

namespace Parley.AspNetCore.Hosting;

/// <summary>
/// Who does the work: handlers of the application's own (registered as <see cref="IWorkflowHandler"/> under the workflow's name as key),
/// else a model where there is one, else quoting. Work without a handler is reported, but the conversation does not wait for it.
/// </summary>
internal sealed class Handlers
{
    private static readonly Workflow[] Quotable = [Workflow.ActionItem, Workflow.Decision];

    public Handlers(IServiceProvider services, ConfiguredModels models, PromptLibrary prompts)
    {
        var byName = new Dictionary<string, IWorkflowHandler>(StringComparer.Ordinal);
        foreach (var workflow in Enum.GetValues<Workflow>())
        {
            var name = workflow.ToName();
            var handler = services.GetKeyedService<IWorkflowHandler>(name)
                ?? OfModel(workflow, models.For(workflow.ToString()), prompts)
                ?? (Quotable.Contains(workflow) ? new ExtractiveHandler() : null);
            if (handler is not null) byName[name] = handler;
        }

        Workflows = [.. Enum.GetValues<Workflow>().Where(workflow => byName.ContainsKey(workflow.ToName()))];
        ExtractsGeneral = models.For(nameof(Workflow.General)) is { } model
            && byName.TryAdd(Workflow.General.ToName(), ExtractionHandler.OfBoth(model, prompts));
        ByName = byName;
    }

    public IReadOnlyDictionary<string, IWorkflowHandler> ByName { get; }

    /// <summary>The workflows that somebody does, whatever the language.</summary>
    public IReadOnlyList<Workflow> Workflows { get; }

    /// <summary>
    /// Whether the model looks for actions and decisions in what goes to <c>general</c>, in languages that the intents do not know.
    /// </summary>
    public bool ExtractsGeneral { get; }

    private static IWorkflowHandler? OfModel(Workflow workflow, ChatModel? model, PromptLibrary prompts) => (workflow, model) switch
    {
        (_, null) => null,
        (Workflow.Question, _) => new AnswerHandler(model, prompts),
        (Workflow.ActionItem, _) => ExtractionHandler.OfActions(model, prompts),
        (Workflow.Decision, _) => ExtractionHandler.OfDecisions(model, prompts),
        _ => null,
    };
}
