using System.Collections.Frozen;
using System.Text.Json;
using Parley.Semantics;

namespace Parley.Routing;

/// <summary>Which intent goes to which workflow. An intent that is not in the table is <see cref="Workflow.General"/>.</summary>
public sealed class RoutingTable
{
    private readonly FrozenDictionary<string, Workflow> _workflows;

    /// <summary>A table of one's own. It replaces the default, it does not add to it.</summary>
    /// <param name="workflows">The workflow of each intent.</param>
    public RoutingTable(IReadOnlyDictionary<string, Workflow> workflows) =>
        _workflows = workflows.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Questions and clarifications are answered, action items and commitments tracked, decisions and agreements kept.</summary>
    public static RoutingTable Default { get; } = new(new Dictionary<string, Workflow>
    {
        [Intents.Question] = Workflow.Question,
        [Intents.Clarification] = Workflow.Question,
        [Intents.ActionItem] = Workflow.ActionItem,
        [Intents.Commitment] = Workflow.ActionItem,
        [Intents.Decision] = Workflow.Decision,
        [Intents.Agreement] = Workflow.Decision,
    });

    /// <summary>The table as data: intents and their workflows.</summary>
    public IReadOnlyDictionary<string, Workflow> Workflows => _workflows;

    /// <summary>The workflow of an intent.</summary>
    public Workflow this[string? intent] =>
        intent is not null && _workflows.TryGetValue(intent, out var workflow) ? workflow : Workflow.General;

    /// <summary>Reads a table from JSON: one object, intent to workflow, as in <c>{"complaint": "action_item"}</c>.</summary>
    /// <exception cref="FormatException">It is not such an object; the message names the entry.</exception>
    public static RoutingTable Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var workflows = new Dictionary<string, Workflow>();
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new FormatException("A routing table is a JSON object from intent to workflow.");
            foreach (var entry in document.RootElement.EnumerateObject())
            {
                if (!workflows.TryAdd(entry.Name, WorkflowOf(entry)))
                    throw new FormatException($"The intent \"{entry.Name}\" is in the routing table twice.");
            }
        }
        catch (JsonException e)
        {
            throw new FormatException($"The routing table is not JSON: {e.Message}", e);
        }

        return new RoutingTable(workflows);
    }

    private static Workflow WorkflowOf(JsonProperty entry) =>
        entry.Value.ValueKind == JsonValueKind.String && WorkflowNames.TryParse(entry.Value.GetString(), out var workflow)
            ? workflow
            : throw new FormatException($"The intent \"{entry.Name}\" goes to {entry.Value.GetRawText()}, "
                + "which is no workflow: question, action_item, decision or general.");
}
