using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Settings;
using Parley.Routing;
using Parley.Work;

namespace Parley.AspNetCore.Hosting;

/// <summary>The parts of the engine as the configuration says.</summary>
internal sealed class ConfiguredParts(
    IConfiguration section,
    IOptions<ParleyOptions> options,
    IOptions<DefaultSettings> defaults,
    IOptions<SemanticSettings> semantics,
    IOptions<WorkSettings> work,
    IOptionsMonitor<WorkflowSettings> workflows) : IConfigureOptions<EngineParts>
{
    public void Configure(EngineParts parts)
    {
        parts.Semantics = semantics.Value.ToConfig();
        parts.Routing = RoutingSettings.Read(section.GetSection("Routing"));
        parts.Redaction = RedactionSettings.Read(parts.Redaction, section, options.Value);
        parts.Work = new WorkOptions
        {
            Capacity = work.Value.Capacity,
            Question = Of(Workflow.Question),
            ActionItem = Of(Workflow.ActionItem),
            Decision = Of(Workflow.Decision),
            Summary = workflows.Get(nameof(WorkOptions.Summary)).ToOptions(),
            General = Of(Workflow.General),
        };
        parts.Prompts = PromptSettings.Read(options.Value);
        parts.Defaults = defaults.Value.ToSettings() with { Redact = options.Value.Redact, ContextTokens = options.Value.ContextTokens };
    }

    private WorkflowOptions Of(Workflow workflow) => workflows.Get(workflow.ToString()).ToOptions();
}
