using Parley.Cli.Display;
using Parley.Protocol;
using Spectre.Console;

namespace Parley.Tests.Cli;

public sealed class SummaryRowsTests
{
    [Theory]
    [InlineData("## Key\u001b[2J points")]
    [InlineData("- a\u001b]52;c;AAAA\u0007b")]
    public void No_line_of_a_summary_controls_the_terminal(string text)
    {
        using var screen = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(screen) });
        foreach (var row in ConversationRows.Summary(new SummaryPayload(text, 1, 9, SummaryKinds.Final))) console.Write(row);
        Assert.NotEqual("", screen.ToString().Trim());
        Assert.DoesNotContain(screen.ToString(), letter => char.IsControl(letter) && letter is not ('\n' or '\r'));
    }
}
