using Parley.Cli.Display;
using Parley.Protocol;
using Parley.Work;

namespace Parley.Tests.Cli;

public class WatchLinesTests
{
    [Fact]
    public void Each_item_of_an_answer_is_on_a_line_of_its_own() => Assert.Equal(
        ["  -> action_item: send the list", "  -> action_item: call Tom (cut: length)"],
        WatchLines.Of(new WorkflowResultPayload("action_item", "actions/1", "send the list\n\ncall Tom\n") { CutReason = "length" }));

    [Fact]
    public void What_rules_found_is_told_as_what_is_to_be_done_and_not_as_the_question_that_offered_it()
    {
        var item = new WorkItem(
            "str-0", "seg-9", "action_item", "extractive/2", "Should I write the mail to them?", "chloe", 0, 1, "action_item", "")
        {
            Outcomes =
            [
                new("seg-9-1", "action_item", "write the mail to them", "seg-9", "Should I write the mail to them", "chloe"),
                new("seg-4-1", "action_item", "change the check", "seg-4", "I need to change the check", "ben", "this week"),
            ],
        };
        var found = new ExtractiveHandler().Extract(item);
        Assert.Equal(
            ["  -> action_item: write the mail to them (chloe)", "  -> action_item: change the check (ben), this week"],
            WatchLines.Of(new WorkflowResultPayload("action_item", found.Handler!, found.Text, found.Data)));
    }

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
