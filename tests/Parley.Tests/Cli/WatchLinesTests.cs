using Parley.Cli.Display;
using Parley.Protocol;

namespace Parley.Tests.Cli;

public class WatchLinesTests
{
    [Fact]
    public void Each_item_of_an_answer_is_on_a_line_of_its_own() => Assert.Equal(
        ["  -> action_item: send the list", "  -> action_item: call Tom (cut: length)"],
        WatchLines.Of(new WorkflowResultPayload("action_item", "actions/1", "send the list\n\ncall Tom\n") { CutReason = "length" }));

    [Fact]
    public void An_answer_without_text_shows_nothing() =>
        Assert.Empty(WatchLines.Of(new WorkflowResultPayload("question", "extractive/2", "")));

    [Fact]
    public void What_failed_says_why()
    {
        Assert.Equal(
            ["  -> question: failed (rate_limited, HTTP 429)"],
            WatchLines.Of(new WorkflowFailedPayload("question", "answer/1", "rate_limited", 4) { Detail = "HTTP 429" }));
        Assert.Equal(["  -> summary: not written (timeout)"], WatchLines.Of(new SummaryFailedPayload("final", 1, 9, "timeout", 4)));
    }
}
