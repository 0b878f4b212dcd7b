using System.CommandLine;
using Parley.Context;
using Parley.Work;

namespace Parley.Cli.Llm;

/// <summary><c>--prompts DIR</c>: what the model is asked with.</summary>
internal sealed class PromptOption : Option<string?>
{
    public PromptOption() : base("--prompts")
    {
        Description = "Folder with prompts that replace the built-in ones. Default: the built-in ones.";
        HelpName = "DIR";
    }

    /// <summary>Returns the prompts.</summary>
    /// <exception cref="CommandException">The folder cannot be read, or a prompt in it cannot be used.</exception>
    public PromptLibrary Read(ParseResult result)
    {
        try
        {
            return result.GetValue(this) is { } folder ? PromptFolder.Read(folder) : PromptLibrary.BuiltIn;
        }
        catch (Exception problem) when (problem is PromptFormatException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"--prompts: {problem.Message}", problem);
        }
    }
}
