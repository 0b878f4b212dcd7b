using Parley.Routing;

namespace Parley.Work;

/// <summary>The queues of work by name: one for each workflow, and one for summaries.</summary>
internal static class WorkLines
{
    /// <summary>The queue of summaries. No segment is routed there.</summary>
    public const string Summary = "summary";

    /// <summary>The names, the most urgent first.</summary>
    public static readonly IReadOnlyList<string> Names =
        [Workflow.Question.ToName(), Workflow.ActionItem.ToName(), Workflow.Decision.ToName(), Summary, Workflow.General.ToName()];

    /// <summary>Returns the place of a queue among them; -1 if there is none of that name.</summary>
    public static int IndexOf(string name)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i] == name) return i;
        }

        return -1;
    }
}
