using Parley.Protocol;
using Parley.Semantics.Outcomes;
using Parley.Tests.Support;

namespace Parley.Tests.Semantics.Outcomes;

/// <summary>Each text is <c>speaker: words</c>; several segments are parted by bars.</summary>
public sealed class OutcomeReaderTests
{
    [Theory]
    [InlineData("ana: We decided against the second vendor, by the way.", "decision We decided against the second vendor")]
    [InlineData("ana: Good, then we go with Thursday the twelfth. That is decided.", "decision we go with Thursday the twelfth")]
    [InlineData("ana: All right, we keep nine euros until the end of the year. Decided.", "decision we keep nine euros until the end of the year")]
    [InlineData("ana: The board decided to freeze hiring.", "decision The board decided to freeze hiring")]
    [InlineData("ana: The launch has been postponed to May.", "decision The launch has been postponed to May")]
    [InlineData("ana: Thursday morning it is.", "decision Thursday morning it is")]
    [InlineData("ana: Let's cancel the pilot.| ben: Agreed.", "decision cancel the pilot")]
    public void Decisions_are_found(string said, string expected) => Assert.Equal([expected], Lines(said));

    [Theory]
    [InlineData("ana: I'll change the layout today.", "action_item ana: change the layout today, today")]
    [InlineData("ana: Hi.| ben: Hi.| ana: Ben, can you please write the report by Tuesday?", "action_item ben: write the report by Tuesday, by Tuesday")]
    [InlineData("ana: Hi.| ben: Hi.| ana: Can you send me the numbers by Monday, Ben?", "action_item ben: send me the numbers by Monday, by Monday")]
    [InlineData("ana: Somebody has to fix the login page before the release.", "action_item : fix the login page before the release, before the release")]
    [InlineData("ben: I can work out the exact number.| ana: Please do. Could you send me that by tomorrow?", "action_item ben: work out the exact number, by tomorrow")]
    [InlineData("ben: Should I write the mail to them?| ana: Write it, but don't send it.", "action_item ben: write the mail to them")]
    [InlineData("ana: Somebody has to call the printer today.| ben: I'll do that.", "action_item ben: call the printer today, today")]
    [InlineData("ben: I need to change the check so that it logs in.| ana: Do it this week.", "action_item ben: change the check so that it logs in, this week")]
    [InlineData("ana: i will send you the price tomorrow", "action_item ana: send you the price tomorrow, tomorrow")]
    [InlineData("ana: i'll ask eva about the e_bayes and she's working on that", "action_item ana: ask eva about the e_bayes")]
    public void Action_items_are_found(string said, string expected) => Assert.Equal([expected], Lines(said));

    [Theory]
    [InlineData("ben: We did not decide to move the launch.")]
    [InlineData("ben: If we go with option B we lose a week.")]
    [InlineData("ben: I said let's go with Thursday as a joke, we are not doing that.")]
    [InlineData("ben: The deadline is not Friday, no date has been agreed yet.")]
    [InlineData("ben: I will not send the contract before legal has signed.")]
    [InlineData("ben: Yes, will do.")]
    [InlineData("ben: Agreed.")]
    [InlineData("ben: That sounds right to me.")]
    [InlineData("ben: Did we decide to move the launch?")]
    [InlineData("ben: I can be a manager.| ana: Ha. Okay.")]
    [InlineData("ben: Talk to you on Tuesday.")]
    [InlineData("ben: Let's start with the date.")]
    [InlineData("ben: Then let me sum up.")]
    [InlineData("ben: Can you both hear me?")]
    [InlineData("ben: Could you explain the second slide?")]
    [InlineData("ben: If they don't answer, I'll call them tomorrow.")]
    [InlineData("ben: He said he'll send the numbers on Monday.")]
    [InlineData("ben: Maybe I'll send some numbers.")]
    [InlineData("ben: Am Ende haben wir beschlossen, den Vertrag zu kündigen.")]
    [InlineData("ben: 决定了，我们下周发布。")]
    [InlineData("ben: _ -- ' . ? \ud83d")]
    public void Everything_else_is_left_out(string said) => Assert.Empty(Lines(said));

    [Fact]
    public void What_is_summed_up_is_listed_once()
    {
        Assert.Single(Lines("ana: I'll send the revised contract on Monday.| ben: Good.| ana: So I'll send the revised contract on Monday."));
        Assert.Single(Lines("ana: We decided to move the launch to May.| ben: So we decided to move the launch to May."));
    }

    [Fact]
    public void A_quotation_is_in_the_segment_that_it_names()
    {
        var found = SaidOutcomes.Read("ben: So, um, I can work out the exact number.| ana: Please do.");
        var outcome = Assert.Single(found);
        Assert.Equal(("seg-0", "I can work out the exact number", "seg-1-1"), (outcome.SegmentId, outcome.Quote, outcome.Id));
    }

    [Fact]
    public void A_sentence_that_an_interjection_cut_keeps_its_condition()
    {
        var said = new SaidSegment("seg-2", "ana", "we'll keep the old price until Friday");
        Assert.Empty(OutcomeReader.Read(said, OutcomeHistory.Empty, continued: "so if they agree"));
        Assert.Single(OutcomeReader.Read(said, OutcomeHistory.Empty, continued: "and so"));
    }

    [Fact]
    public void The_history_is_bounded()
    {
        var history = OutcomeHistory.Empty;
        for (var i = 0; i < 1_000; i++)
        {
            var said = new SaidSegment($"seg-{i}", $"speaker {i}", $"I'll send report{i} to client{i} on Monday. {new string('x', 10_000)}");
            history = history.After(said, OutcomeReader.Read(said, history));
        }

        Assert.InRange(history.Segments.Sum(segment => segment.Text.Length), 1, 10_000);
        Assert.InRange(history.Outcomes.Length, 1, 32);
        Assert.InRange(history.Speakers.Length, 1, 32);
    }

    private static IEnumerable<string> Lines(string said) => SaidOutcomes.Read(said).Select(outcome => outcome.Kind == OutcomeKinds.Decision
        ? $"decision {outcome.What}"
        : $"action_item {outcome.Who}: {outcome.What}{(outcome.Due is null ? "" : $", {outcome.Due}")}");
}
