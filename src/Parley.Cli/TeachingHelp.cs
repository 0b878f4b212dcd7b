using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Parley.Cli;

/// <summary>A command whose help ends with a lesson: what the input looks like, examples, exit codes.</summary>
internal sealed class TaughtCommand(string name, string description, string lesson) : Command(name, description)
{
    public string Lesson { get; } = lesson.ReplaceLineEndings("\n");
}

/// <summary>The usual help, and below it the lesson.</summary>
internal sealed class TeachingHelp(HelpAction usual) : SynchronousCommandLineAction
{
    public static void AddTo(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new TeachingHelp((HelpAction)help.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is TaughtCommand taught) parseResult.InvocationConfiguration.Output.WriteLine(taught.Lesson);
        return exitCode;
    }
}
