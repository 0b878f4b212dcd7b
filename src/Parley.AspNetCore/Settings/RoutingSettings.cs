using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Parley.Routing;

namespace Parley.AspNetCore.Settings;

/// <summary>Routes that differ from the default ones, from the section <c>Parley:Routing</c>: an intent and its workflow.</summary>
internal static class RoutingSettings
{
    /// <summary>The intents that can be routed.</summary>
    public static readonly string[] Intents =
    [
        Semantics.Intents.Question,
        Semantics.Intents.Clarification,
        Semantics.Intents.ActionItem,
        Semantics.Intents.Commitment,
        Semantics.Intents.Decision,
        Semantics.Intents.Agreement,
        Semantics.Intents.Statement,
    ];

    /// <exception cref="OptionsValidationException">An intent goes to no workflow.</exception>
    public static RoutingTable Read(IConfiguration routes)
    {
        var table = new Dictionary<string, Workflow>(RoutingTable.Default.Workflows, StringComparer.OrdinalIgnoreCase);
        foreach (var route in routes.GetChildren())
        {
            // A name that is no intent is told by UnknownSettings.
            if (!WorkflowNames.TryParse(route.Value, out var workflow)) throw Wrong(route);
            var intent = Intents.FirstOrDefault(intent => intent.Equals(route.Key, StringComparison.OrdinalIgnoreCase));
            if (intent is not null) table[intent] = workflow;
        }

        return new RoutingTable(table);
    }

    private static OptionsValidationException Wrong(IConfigurationSection route) => new(
        Options.DefaultName,
        typeof(RoutingTable),
        [$"Parley:Routing:{route.Key} must be question, action_item, decision or general; it is {route.Value}."]);
}
