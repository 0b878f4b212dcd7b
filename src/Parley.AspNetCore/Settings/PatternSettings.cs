using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Parley.Redaction;

namespace Parley.AspNetCore.Settings;

/// <summary>A pattern to take out, from the list <c>Parley:RedactionPatterns</c>.</summary>
internal sealed class PatternSettings
{
    public string Name { get; set; } = "";

    public string Regex { get; set; } = "";

    public int? MaxLength { get; set; }

    /// <exception cref="OptionsValidationException">A pattern cannot be used.</exception>
    public static IReadOnlyList<RedactionPattern> Read(IConfiguration patterns) => [.. patterns.GetChildren().Select(Read)];

    private static RedactionPattern Read(IConfigurationSection section)
    {
        SettingTypes.Check<PatternSettings>(section);
        var pattern = new PatternSettings();
        section.Bind(pattern);
        try
        {
            return pattern.MaxLength is { } length ? new(pattern.Name, pattern.Regex, length) : new(pattern.Name, pattern.Regex);
        }
        catch (ArgumentException problem)
        {
            var message = $"Parley:RedactionPatterns:{section.Key}: {problem.Message}";
            throw new OptionsValidationException(Options.DefaultName, typeof(PatternSettings), [message]);
        }
    }
}
