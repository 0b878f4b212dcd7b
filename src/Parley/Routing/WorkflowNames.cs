namespace Parley.Routing;

/// <summary>The names of workflows on the wire and in files: <c>question</c>, <c>action_item</c>, <c>decision</c>, <c>general</c>.</summary>
public static class WorkflowNames
{
    private static readonly string[] Names = ["question", "action_item", "decision", "general"];

    /// <summary>The workflow's name, in snake case.</summary>
    public static string ToName(this Workflow workflow) => Names[(int)workflow];

    /// <summary>The workflow of that name. Exact: no other case, no blanks.</summary>
    public static bool TryParse(string? name, out Workflow workflow)
    {
        var index = Array.IndexOf(Names, name);
        workflow = index < 0 ? Workflow.General : (Workflow)index;
        return index >= 0;
    }
}
