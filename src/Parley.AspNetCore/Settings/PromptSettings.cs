using Microsoft.Extensions.Options;
using Parley.Context;
using Parley.Languages;
using Parley.Work;

namespace Parley.AspNetCore.Settings;

/// <summary>The prompts and languages in the folders <c>Parley:Prompts</c> and <c>Parley:Languages</c>.</summary>
internal static class PromptSettings
{
    /// <exception cref="OptionsValidationException">A folder or a file in it cannot be used; the message names it.</exception>
    public static PromptLibrary Read(ParleyOptions options)
    {
        var languages = options.Languages is { } files
            ? Reading(nameof(options.Languages), () => PromptFolder.ReadLanguages(files))
            : LanguageTable.BuiltIn;
        return options.Prompts is { } folder
            ? Reading(nameof(options.Prompts), () => PromptFolder.Read(folder, languages))
            : new PromptLibrary(languages);
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
