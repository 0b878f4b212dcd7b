using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Parley.Redaction;

namespace Parley.AspNetCore.Settings;

/// <summary>What is redacted, from <c>Parley:RedactionPatterns</c>, <c>RedactionPatternsFile</c> and <c>PhoneRegions</c>.</summary>
internal static class RedactionSettings
{
    /// <exception cref="OptionsValidationException">A pattern, the file or a region cannot be used; the message names it.</exception>
    public static RedactionConfig Read(RedactionConfig redaction, IConfiguration section, ParleyOptions options)
    {
        var patterns = PatternSettings.Read(section.GetSection("RedactionPatterns"));
        if (options.RedactionPatternsFile is { } path)
        {
            patterns =
            [
                .. patterns, .. Reading(nameof(options.RedactionPatternsFile), () => RedactionPatternFile.Parse(File.ReadAllText(path))),
            ];
        }

        redaction = redaction with { Patterns = patterns };
        return options.PhoneRegions is { } regions
            ? Reading(nameof(options.PhoneRegions), () => redaction with { PhoneRegions = PhoneRegion.Parse(regions) })
            : redaction;
    }

    private static T Reading<T>(string setting, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem)
            when (problem is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(ParleyOptions), [$"Parley:{setting}: {problem.Message}"]);
        }
    }
}
