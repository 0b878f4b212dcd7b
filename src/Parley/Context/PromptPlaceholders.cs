namespace Parley.Context;

/// <summary>The placeholders of templates: those for what people said, which bring a fence, and those for words of our own.</summary>
internal static class PromptPlaceholders
{
    private static readonly Dictionary<string, string> Fences = new()
    {
        ["context"] = "conversation",
        ["question"] = "question",
        ["keywords"] = "keywords",
        ["summary"] = "summary",
        ["segments"] = "segments",
    };

    private static readonly Dictionary<string, (string[] Required, string[] Others)> ByUse = new()
    {
        [PromptUses.System] = (["fences"], ["language"]),
        [PromptUses.Answer] = (["question"], ["context", "language"]),
        [PromptUses.FirstSummary] = (["context"], ["language"]),
        [PromptUses.NextSummary] = (["summary", "context"], ["language"]),
        [PromptUses.FinalSummary] = (["summary", "context"], ["keywords", "topics", "decisions", "actions", "nothing", "language"]),
        [PromptUses.Actions] = (["segments"], ["context", "language"]),
        [PromptUses.Decisions] = (["segments"], ["context", "language"]),
        [PromptUses.Extraction] = (["segments"], ["context", "language"]),
    };

    /// <summary>Gets the names of all fences.</summary>
    public static IEnumerable<string> FenceNames => Fences.Values;

    /// <summary>Gets the fences as the system prompt names them.</summary>
    public static string FencesInWords { get; } = string.Join(", ", Fences.Values.Select(fence => $"<{fence}> and </{fence}>"));

    /// <summary>Returns the fence that a placeholder brings.</summary>
    public static string FenceOf(string placeholder) => Fences[placeholder];

    /// <summary>Returns whether a placeholder stands for what people said.</summary>
    public static bool IsFenced(string placeholder) => Fences.ContainsKey(placeholder);

    /// <summary>Returns the placeholders that a template must have.</summary>
    public static string[] RequiredOf(string use) => ByUse[use].Required;

    /// <summary>Returns the placeholders that a template may have.</summary>
    public static string[] AllowedOf(string use) => [.. ByUse[use].Required, .. ByUse[use].Others];

    /// <summary>Returns placeholders as a message names them.</summary>
    public static string InWords(IEnumerable<string> placeholders) => string.Join(", ", placeholders.Select(name => $"{{{{{name}}}}}"));
}
