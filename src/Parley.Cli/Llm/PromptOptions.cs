using System.CommandLine;
using Parley.Context;
using Parley.Languages;
using Parley.Work;

namespace Parley.Cli.Llm;

/// <summary><c>--prompts DIR</c> and <c>--languages DIR</c>: what the model is asked with, and the texts in each language.</summary>
internal sealed class PromptOptions
{
    public Option<string?> Prompts { get; } = new("--prompts")
    {
        Description = "Folder with prompts that replace the built-in ones. Default: the built-in ones.",
        HelpName = "DIR",
    };

    public Option<string?> Languages { get; } = new("--languages")
    {
        Description = "Folder with languages beside the built-in ones. Default: the built-in ones.",
        HelpName = "DIR",
    };

    /// <summary>Returns the prompts, with the languages.</summary>
    /// <exception cref="CommandException">A folder cannot be read, or a file in it cannot be used.</exception>
    public PromptLibrary Read(ParseResult result)
    {
        var languages = result.GetValue(Languages) is { } files
            ? Reading(Languages, () => PromptFolder.ReadLanguages(files))
            : LanguageTable.BuiltIn;
        return result.GetValue(Prompts) is { } folder
            ? Reading(Prompts, () => PromptFolder.Read(folder, languages))
            : new PromptLibrary(languages);
    }

    private static T Reading<T>(Option option, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is FormatException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"{option.Name}: {problem.Message}", problem);
        }
    }
}
