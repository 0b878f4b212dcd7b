using System.CommandLine;
using Parley.Cli.Data;
using Parley.Cli.Llm;

namespace Parley.Cli.Commands;

/// <summary><c>parley doctor</c>: whether the data are well.</summary>
internal static class DoctorCommand
{
    private const string Lesson =
        """
        Opens the data, reads every page, looks at the disk, counts the conversations and verifies the newest few by replaying them. Changes nothing, and
        others may go on using the data meanwhile. With --llm it asks the model for a word, too. One line each, beginning
        with ok or problem.

        --repair saves what can be read into a new folder and changes nothing in the old one: each conversation up to the first fact that
        is missing or damaged. Later facts that can be read are in unplaced.jsonl there. A line for each conversation that is not whole says
        what is saved and what is not.

        Examples:
          parley doctor --data ./data
          parley doctor --data ./data --llm http://localhost:11434/v1 --model llama3
          parley doctor --data ./data --repair ./repaired

        Exit codes: 0 all is well, or all is saved; 1 there is a problem, or something is lost; 2 wrong usage or no data.
        """;

    public static TaughtCommand Build(Terminal terminal)
    {
        var data = new DataOption(terminal);
        var repair = new Option<string?>("--repair") { Description = "Save what can be read into this new folder.", HelpName = "DIR" };
        var llm = new LlmOptions(terminal);
        var command = new TaughtCommand("doctor", "Check that the data are well.", Lesson) { data, repair, llm.Url, llm.Model };
        command.SetAction((result, cancellationToken) => result.GetValue(repair) is { } target
            ? new Repair(terminal).RunAsync(data.RequiredFolderOf(result), target, cancellationToken)
            : new Doctor(terminal).ExamineAsync(data.RequiredFolderOf(result), llm.Open(result), cancellationToken));
        return command;
    }
}
