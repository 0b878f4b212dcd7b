using Parley.Tests.Support;

namespace Parley.Tests.Semantics.Outcomes;

/// <summary>A line that is listed says no more than what was said. Each text is <c>speaker: words</c>; bars part segments.</summary>
public sealed class OutcomeTruthTests
{
    [Theory]
    [InlineData("ana: in that case i'll send the samples to the lab on monday")]
    [InlineData("ana: Otherwise I'll call the bank tomorrow.")]
    [InlineData("ana: either i'll book the van on friday or we take the train")]
    [InlineData("ana: we take the train or i'll book the van on friday")]
    [InlineData("ana: I'll send the contract tomorrow if they pay.")]
    [InlineData("ana: I'll send the contract tomorrow, but only if they pay.")]
    [InlineData("ana: i'll send the contract tomorrow unless they cancel the order")]
    [InlineData("ana: I'll send the contract tomorrow provided that they pay.")]
    [InlineData("ana: When the printer works again I'll print the tickets.")]
    [InlineData("ana: And if they refuse?| ben: Then I'll call the bank tomorrow.")]
    [InlineData("ana: Suppose they refuse. Then we go with the second vendor.")]
    [InlineData("ana: We decided to move the launch, if the vendor agrees.")]
    [InlineData("ana: okay good we go with the blue one if they have it")]
    [InlineData("ana: and because we're sticking to the old price nothing changes")]
    public void What_holds_under_a_condition_is_left_out(string said) => Assert.Empty(Lines(said));

    [Theory]
    [InlineData("ana: maybe i'll send the numbers on monday")]
    [InlineData("ana: Hopefully I'll send the numbers on Monday.")]
    [InlineData("ana: i'll probably send the numbers on monday")]
    [InlineData("ana: at some point i'll write the report for the lab")]
    [InlineData("ana: I'll clean up the cellar one day.")]
    [InlineData("ana: He wrote that he'll send the numbers on Monday.")]
    [InlineData("ana: Apparently they'll publish the list on Friday.")]
    [InlineData("ana: Haha, I'll send them the bill for my bicycle tomorrow.")]
    [InlineData("ana: and then we should get really rich over the next year")]
    [InlineData("ana: we'll collect the forms on friday hopefully")]
    [InlineData("ana: so we're gonna set up the chairs along the wall")]
    [InlineData("ana: okay we're gonna try to finish by five")]
    [InlineData("ana: on sunday i will come back to spain")]
    public void Doubt_hearsay_jokes_and_descriptions_are_left_out(string said) => Assert.Empty(Lines(said));

    [Theory]
    [InlineData("ana: the hotel that we picked for the summer party was full")]
    [InlineData("ana: so the colours we decided on or we decided we were painting with")]
    [InlineData("ana: I looked at the second vendor we picked from the list.")]
    [InlineData("ana: the thing that we'll send on monday is a sample")]
    [InlineData("ana: that is the list we need to send on friday")]
    public void A_clause_that_says_which_thing_is_meant_is_left_out(string said) => Assert.Empty(Lines(said));

    [Theory]
    [InlineData("ana: We agreed on that last year.")]
    [InlineData("ana: We agreed on that last week.")]
    [InlineData("ana: Originally we decided to paint the door red.")]
    [InlineData("ana: Back then we decided to rent the cellar.")]
    [InlineData("ana: We decided to rent the cellar, but then we changed our minds.")]
    public void What_was_once_decided_is_left_out(string said) => Assert.Empty(Lines(said));

    [Theory]
    [InlineData("ana: i'll write the report for the")]
    [InlineData("ana: we decided that for the next summer party it'd")]
    [InlineData("ana: can you send the list to my")]
    [InlineData("ana: Sign it by hand.")]
    [InlineData("ana: Print the form. Sign it by hand.")]
    public void A_fragment_is_left_out(string said) => Assert.Empty(Lines(said));

    [Theory]
    [InlineData("ana: i'll send the tickets to the school and", "send the tickets to the school")]
    [InlineData("ana: i'll send the tickets to the school and maybe", "send the tickets to the school")]
    [InlineData("ana: i'll send the tickets to the school and um so", "send the tickets to the school")]
    [InlineData("ana: we decided to keep all the chairs we bought near the window okay", "we decided to keep all the chairs we "
        + "bought near the window")]
    [InlineData("ana: we decided to carry the chairs to the garden and then up okay", "we decided to carry the chairs to the "
        + "garden and then up")]
    [InlineData("ana: We decided to open on Sundays, but not in winter.", "We decided to open on Sundays, but not in winter")]
    [InlineData("ana: In the end we decided to paint the door red.", "we decided to paint the door red")]
    [InlineData("ana: I'll send the contract tomorrow if you like.", "send the contract tomorrow")]
    [InlineData("ana: I know that we decided to paint the door red.", "we decided to paint the door red")]
    public void A_line_has_all_that_belongs_to_it_and_nothing_loose(string said, string what) => Assert.Equal([what], Lines(said));

    [Theory]
    [InlineData("ana: I'll send the notes and Ben will call the vendor.")]
    [InlineData("ana: i'll send the notes and ben will call the vendor| ben: yes")]
    [InlineData("ana: I'll send the notes, and Ben will call the vendor.")]
    public void Two_people_have_two_action_items(string said) =>
        Assert.Equal(["send the notes", "call the vendor"], Lines($"ben: Hi.| {said}"));

    private static IEnumerable<string> Lines(string said) => SaidOutcomes.Read(said).Select(outcome => outcome.What);
}
