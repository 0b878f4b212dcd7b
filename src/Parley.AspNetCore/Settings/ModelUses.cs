using Parley.Routing;

namespace Parley.AspNetCore.Settings;

/// <summary>What a model is asked for; each may have settings of its own.</summary>
internal static class ModelUses
{
    public const string Summary = "Summary";

    public static string[] All { get; } = [.. Enum.GetNames<Workflow>(), Summary];
}
