using Parley.Semantics;
using Parley.Streaming;

namespace Parley.Tests.Semantics;

/// <summary>What people say, and what it does. Raw: no case, no punctuation, as a recogniser may give it.</summary>
public sealed class IntentTests
{
    private static readonly KeywordSemanticAnnotator Annotator = new();

    [Theory]
    [InlineData("what time does the meeting start tomorrow")]
    [InlineData("do you know if the invoice went out")]
    [InlineData("can you tell me how much it costs")]
    [InlineData("how many people are coming")]
    [InlineData("is there a way to change my address")]
    [InlineData("where did you put the microphone")]
    [InlineData("did anyone hear back from the supplier")]
    [InlineData("so why is the delivery late again")]
    [InlineData("are you still using the old phone")]
    [InlineData("um so who's going to pay for that")]
    [InlineData("have you tried turning it off and on")]
    [InlineData("The order has shipped, right?")]
    [InlineData("what do you mean")]
    [InlineData("did you say fifteen or fifty")]
    [InlineData("can you repeat that")]
    [InlineData("what was that")]
    [InlineData("本当ですか？")]
    [InlineData("هل وصل الطرد؟")]
    public void A_question_or_a_clarification(string text) => Expect([Intents.Question, Intents.Clarification], text);

    [Theory]
    [InlineData("excuse me")]
    [InlineData("Pardon?")]
    [InlineData("say that again")]
    [InlineData("you mean the one on the left")]
    [InlineData("so you're saying the contract ends in may")]
    [InlineData("you mean next friday")]
    [InlineData("Sorry, what was that?")]
    public void A_clarification(string text) => Expect(Intents.Clarification, text);

    [Theory]
    [InlineData("please send me the signed contract by friday")]
    [InlineData("we should call the supplier again")]
    [InlineData("we need to update the price list before monday")]
    [InlineData("let's move the meeting to thursday")]
    [InlineData("maybe you should ask the landlord")]
    [InlineData("ask anna for the numbers")]
    [InlineData("don't forget to book the room")]
    [InlineData("check the second page of the form")]
    [InlineData("somebody should write this down")]
    [InlineData("Send the report to the customer.")]
    public void An_action_item(string text) => Expect(Intents.ActionItem, text);

    [Theory]
    [InlineData("i'll send you the link tonight")]
    [InlineData("i will call them back tomorrow")]
    [InlineData("i'll look into it")]
    [InlineData("okay i'll do that")]
    [InlineData("i'll make sure he's on the list")]
    [InlineData("yeah i'll check with the warehouse")]
    [InlineData("i’ll bring the spare key")]
    [InlineData("I'll follow up on Thursday.")]
    public void A_commitment(string text) => Expect(Intents.Commitment, text);

    [Theory]
    [InlineData("let's go with the second option")]
    [InlineData("okay we'll go with the blue one")]
    [InlineData("we decided to keep the old supplier")]
    [InlineData("so we've decided to ship in march")]
    [InlineData("we agreed to meet every two weeks")]
    [InlineData("the decision is to wait")]
    [InlineData("let's stick with the current plan")]
    [InlineData("we're going with the cheaper one")]
    [InlineData("i've decided to cancel the subscription")]
    [InlineData("we settled on the smaller room")]
    [InlineData("Alright, let's do that.")]
    public void A_decision(string text) => Expect(Intents.Decision, text);

    [Theory]
    [InlineData("yes")]
    [InlineData("yes exactly")]
    [InlineData("absolutely")]
    [InlineData("that's true")]
    [InlineData("i agree")]
    [InlineData("that's right")]
    [InlineData("sure")]
    [InlineData("definitely")]
    [InlineData("oh yeah")]
    [InlineData("exactly")]
    public void An_agreement(string text) => Expect(Intents.Agreement, text);

    [Theory]
    [InlineData("the ferry leaves from the north pier at noon")]
    [InlineData("it rained for most of the weekend")]
    [InlineData("he was working on the second floor back then")]
    [InlineData("the results were a little better than last time")]
    [InlineData("i was on the phone with my sister yesterday")]
    [InlineData("my account number is four four seven one")]
    [InlineData("they have three offices in the city")]
    [InlineData("and that was the end of it")]
    [InlineData("there was a lot of noise on the line")]
    [InlineData("I don't know what the light bulb is for.")]
    [InlineData("hello this is maria from the billing department")]
    [InlineData("um")]
    [InlineData("")]
    [InlineData("42 17 99")]
    public void A_statement(string text) => Expect(Intents.Statement, text);

    [Theory]
    [InlineData("do you want the blue one")]
    [InlineData("we should oil the gate")]
    public void Yeah_agrees_with_a_proposal_or_a_question(string before) =>
        Assert.Equal(Intents.Agreement, Annotator.ClassifyIntent("yeah", new IntentContext(Preceding: before)).Intent);

    [Fact]
    public void Right_asks_when_its_speaker_goes_on_and_not_when_another_says_it()
    {
        const string Before = "the results were a little better than last time";
        Assert.Equal(Intents.Question, Annotator.ClassifyIntent("right", new IntentContext(Preceding: Before, SameSpeaker: true)).Intent);
        Assert.NotEqual(Intents.Question, Annotator.ClassifyIntent("right", new IntentContext(Preceding: Before)).Intent);
    }

    [Fact]
    public void The_rest_of_a_cut_sentence_is_read_with_its_beginning()
    {
        var rest = new StreamSegment(0, 2, "the report is ready by friday", "ana");
        var (alone, asked, told) = (Read(null), Read("do you know whether"), Read("i was told that"));
        Assert.NotEqual(alone, asked);
        Assert.NotEqual(asked, told);

        (string, double) Read(string? continued)
        {
            var segment = Annotator.Annotate(rest, new IntentContext(Continued: continued, Preceding: "mm"));
            return (segment.Intent, segment.Confidence);
        }
    }

    [Theory]
    [InlineData("do you know if", true, Intents.Statement)]
    [InlineData("do you know if", false, Intents.Question)]
    [InlineData("do you know if", null, Intents.Question)]
    public void Where_the_recogniser_punctuates_a_text_without_an_end_was_broken_off(string text, bool? punctuated, string intent) =>
        Assert.Equal(intent, new KeywordSemanticAnnotator(new SemanticConfig { Punctuated = punctuated }).ClassifyIntent(text).Intent);

    [Fact]
    public void A_question_in_the_middle_of_a_long_segment_is_found() => Expect(
        Intents.Question,
        "The new boxes came in on Tuesday. They are larger than before. How many do we still need? The rest can wait.");

    [Theory]
    [InlineData("so do you know if the invoice went out", "do you")]
    [InlineData("Okay, I’ll send it.", "i’ll")]
    [InlineData("okay so let's go with the second option", "let's go with")]
    public void The_evidence_is_in_the_text(string text, string evidence) =>
        Assert.Contains(evidence, Annotator.ClassifyIntent(text).Evidence, StringComparison.Ordinal);

    [Fact]
    public void Without_intents_every_text_is_a_statement_of_no_confidence() => Assert.Equal(
        new IntentResult(Intents.Statement, 0, ""),
        new KeywordSemanticAnnotator(new SemanticConfig { EnableIntent = false }).ClassifyIntent("what time is it?"));

    private static void Expect(string intent, string text) => Expect([intent], text);

    private static void Expect(string[] intents, string text)
    {
        var result = Annotator.ClassifyIntent(text);
        Assert.True(intents.Contains(result.Intent), $"{text}: {result}");
        Assert.InRange(result.Confidence, 0, 1);
    }
}
