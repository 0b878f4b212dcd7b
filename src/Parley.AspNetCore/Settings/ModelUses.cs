using Parley.Routing;
using Parley.Work;

namespace Parley.AspNetCore.Settings;

/// <summary>What a model is asked for; each may have settings of its own.</summary>
internal static class ModelUses
{
    public const string Summary = "Summary";

    public static string[] All { get; } = [.. Enum.GetNames<Workflow>(), Summary];

    /// <summary>Returns the number of workers that a use has.</summary>
    public static int WorkersOf(this WorkOptions work, string use) => use switch
    {
        nameof(WorkOptions.Question) => work.Question.Workers,
        nameof(WorkOptions.ActionItem) => work.ActionItem.Workers,
        nameof(WorkOptions.Decision) => work.Decision.Workers,
        nameof(WorkOptions.Summary) => work.Summary.Workers,
        nameof(WorkOptions.General) => work.General.Workers,
        _ => throw new ArgumentOutOfRangeException(nameof(use), use, "No such use of a model."),
    };
}
