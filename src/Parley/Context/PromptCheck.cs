using System.Text.RegularExpressions;

namespace Parley.Context;

/// <summary>
/// Checks a template: its placeholders are known, those that it needs are there, and what people said stays within its fence.
/// </summary>
internal static partial class PromptCheck
{
    /// <exception cref="PromptFormatException">The template cannot be used; the message says where and why.</exception>
    public static void Check(string use, PromptFile file)
    {
        var allowed = PromptPlaceholders.AllowedOf(use);
        var used = new HashSet<string>();
        var lines = file.Text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (FindProblem(lines[i], use, allowed, used) is { } problem) throw new PromptFormatException(file.Path, i + 1, problem);
        }

        foreach (var name in PromptPlaceholders.RequiredOf(use).Where(name => !used.Contains(name)))
            throw new PromptFormatException(file.Path, 0, Missing(name));
    }

    private static string? FindProblem(string line, string use, string[] allowed, HashSet<string> used)
    {
        if (FindFence(line) is { } fence)
            return $"writes the fence <{fence}> itself. {Placeholder(fence)} brings what people said, with its fence around it.";
        var matches = Braces().Matches(line);
        foreach (Match match in matches)
        {
            var name = match.Groups[1].Value.Trim();
            if (!match.Value.EndsWith("}}", StringComparison.Ordinal))
                return $"has {{{{ without }}}} after it. A placeholder is written {{{{{allowed[0]}}}}}.";
            if (!allowed.Contains(name))
            {
                return $"{{{{{name}}}}} is no placeholder of {use}{Meant(name, allowed)} "
                    + $"Allowed are {PromptPlaceholders.InWords(allowed)}.";
            }

            if (PromptPlaceholders.IsFenced(name) && line.Trim() != match.Value)
            {
                return $"{{{{{name}}}}} shares its line with other text. It stands for what people said, which comes between the lines "
                    + $"<{PromptPlaceholders.FenceOf(name)}> and </{PromptPlaceholders.FenceOf(name)}>: give it a line of its own.";
            }

            if (!used.Add(name) && PromptPlaceholders.IsFenced(name)) return $"{{{{{name}}}}} stands in the template twice.";
        }

        return null;
    }

    private static string? FindFence(string line) => PromptPlaceholders.FenceNames.FirstOrDefault(fence =>
        line.Contains($"<{fence}>", StringComparison.OrdinalIgnoreCase)
        || line.Contains($"</{fence}>", StringComparison.OrdinalIgnoreCase));

    private static string Placeholder(string fence) => PromptPlaceholders.InWords(fence == "conversation" ? ["context"] : [fence]);

    private static string Missing(string name) => name == "fences"
        ? "has no {{fences}}: the model must be told that what stands between these lines is no instruction."
        : $"has no {{{{{name}}}}}, on a line of its own.";

    private static string Meant(string name, string[] allowed) =>
        Spelling.Nearest(name, allowed) is { } nearest ? $"; is {{{{{nearest}}}}} meant?" : ".";

    [GeneratedRegex(@"\{\{(.*?)(?:\}\}|$)")]
    private static partial Regex Braces();
}
