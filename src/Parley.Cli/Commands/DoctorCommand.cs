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

        Examples:
          parley doctor --data ./data
          parley doctor --data ./data --llm http://localhost:11434/v1 --model llama3

        Exit codes: 0 all is well, 1 there is a problem, 2 wrong usage or no data.
        """;

    public static TaughtCommand Build(Terminal terminal)
    {
        var data = new DataOption(terminal);
        var llm = new LlmOptions(terminal);
        var command = new TaughtCommand("doctor", "Check that the data are well.", Lesson) { data, llm.Url, llm.Model };
        command.SetAction((result, cancellationToken) =>
            new Doctor(terminal).ExamineAsync(data.RequiredFolderOf(result), llm.Open(result), cancellationToken));
        return command;
    }
}
