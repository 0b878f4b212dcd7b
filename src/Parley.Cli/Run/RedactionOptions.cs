using System.CommandLine;
using Parley.Redaction;

namespace Parley.Cli.Run;

/// <summary><c>--redact</c>, <c>--redact-patterns FILE</c> and <c>--phone-regions LIST</c>.</summary>
/// <param name="description">What <c>--redact</c> does.</param>
internal sealed class RedactionOptions(string description)
{
    public Option<bool> Redact { get; } = new("--redact") { Description = description };

    public Option<string?> Patterns { get; } = new("--redact-patterns")
    {
        Description = "File with patterns to take out, too: a NAME: REGEX a line; [NAME] stands in the place of what matches.",
        HelpName = "FILE",
    };

    public Option<string?> Regions { get; } = new("--phone-regions")
    {
        Description = "Countries whose phone numbers are known, by their two letters, with commas. Default: US,GB,DE,FR,ES.",
        HelpName = "LIST",
    };

    /// <summary>Returns what is taken out.</summary>
    /// <exception cref="CommandException">The file or the list cannot be used, or nothing is redacted.</exception>
    public RedactionConfig Read(ParseResult result)
    {
        var config = new RedactionConfig();
        if (result.GetValue(Patterns) is { } path)
            config = config with { Patterns = Reading("--redact-patterns", () => Open(path)) };
        if (result.GetValue(Regions) is { } regions)
            config = config with { PhoneRegions = Reading("--phone-regions", () => PhoneRegion.Parse(regions)) };
        if (!result.GetValue(Redact) && (result.GetValue(Patterns) ?? result.GetValue(Regions)) is not null)
            throw new CommandException("--redact-patterns and --phone-regions say how to redact: add --redact.");
        return config;
    }

    private static IReadOnlyList<RedactionPattern> Open(string path)
    {
        try
        {
            return RedactionPatternFile.Parse(File.ReadAllText(path));
        }
        catch (RedactionPatternFormatException problem)
        {
            throw new CommandException($"--redact-patterns: {path}: {problem.Message}", problem);
        }
    }

    private static T Reading<T>(string option, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"{option}: {problem.Message}", problem);
        }
    }
}
