using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Routing;
using Parley.Streaming;

namespace Parley.Tests.Conversations;

public class ConversationRulesTests
{
    [Fact]
    public void A_conversation_begins_once()
    {
        var state = new ConversationState("str-1");
        var decision = Conversation.Decide(state, new Open(new ConversationSettings { Workflows = Enum.GetValues<Workflow>() }));
        Assert.Equal(["Opened", "SESSION_STARTED"], Names(decision));
        Assert.Empty(Conversation.Decide(Given(), new Open(new ConversationSettings { MaxGapSec = 9 })).Facts);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        var decision = Conversation.Decide(new ConversationState("str-1"), new Open(new ConversationSettings { IdleFinalSec = 0 }));
        Assert.Equal(ErrorCodes.InvalidConfig, decision.Refusal!.Code);
        Assert.Contains("IdleFinalSec", decision.Refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(86_401)]
    [InlineData(1e300)]
    [InlineData(double.PositiveInfinity)]
    public void A_silence_longer_than_a_day_is_refused(double seconds)
    {
        var decision = Conversation.Decide(new ConversationState("str-1"), new Open(new ConversationSettings { IdleFinalSec = seconds }));
        Assert.Equal(ErrorCodes.InvalidConfig, decision.Refusal!.Code);
    }

    [Fact]
    public void What_has_not_begun_takes_nothing_and_says_so()
    {
        ConversationInput[] inputs =
        [
            Chunk(1, 0, 1, "one"), new CloseLane(null, CloseReasons.Silence), new End(EndReasons.Requested), new Settle(),
            new NameSpeaker(new SpeakerRevisionPayload([], "ana")), new AddSummary(new SummaryPayload("all", 1, 1, SummaryKinds.Final)),
        ];
        Assert.All(inputs, input => Assert.Equal(
            (0, ErrorCodes.StreamNotFound),
            (Conversation.Decide(new ConversationState("str-1"), input) is var decision ? decision.Facts.Count : -1, decision.Refusal?.Code)));
    }

    [Fact]
    public void A_chunk_says_which_segment_it_went_to() =>
        Assert.Equal("seg-0", Assert.IsType<ChunkAccepted>(Assert.Single(Conversation.Decide(Given(), Chunk(1, 0, 1, "hello")).Facts)).SegmentId);

    [Fact]
    public void A_closed_segment_is_told_routed_and_may_end_a_turn()
    {
        var state = Given(Chunk(1, 0, 1, "could you send me the report"));
        var decision = Conversation.Decide(state, Chunk(2, 9, 10, "sure", "ben"));
        Assert.Equal(["ChunkAccepted", "FINALIZED", "WORKFLOW_ROUTED"], Names(decision));
        var final = Assert.IsType<FinalizedPayload>(Assert.IsType<VisibleFact>(decision.Facts[1]).Payload);
        Assert.Equal("could you send me the report", final.Segment.Text);
        Assert.NotNull(final.Semantic!.Intent);
    }

    [Fact]
    public void A_repeat_changes_nothing_even_after_the_end()
    {
        Assert.Empty(Conversation.Decide(Given(Chunk(1, 0, 1, "one")), Chunk(1, 0, 1, "one")).Facts);
        var repeat = Conversation.Decide(Given(Chunk(1, 0, 1, "one"), new End("requested"), new Settle()), Chunk(1, 0, 1, "one"));
        Assert.Equal((0, null), (repeat.Facts.Count, repeat.Refusal));
    }

    [Fact]
    public void A_chunk_ahead_of_a_hole_is_refused_with_what_is_expected()
    {
        var refusal = Conversation.Decide(Given(Chunk(1, 0, 1, "one")), Chunk(3, 2, 3, "three")).Refusal!;
        Assert.Equal((ErrorCodes.SequenceGap, 2L), (refusal.Code, refusal.Expected));
    }

    [Fact]
    public void Every_source_counts_for_itself()
    {
        var state = Given(Chunk(1, 0, 1, "one"), new HearChunk(1, new StreamChunk(0, 1, "eins", "ben"), "second"));
        Assert.Equal((2, 2, 1), (state.ExpectedSequence(""), state.ExpectedSequence("second"), state.ExpectedSequence("third")));
    }

    [Fact]
    public void A_refused_chunk_does_not_advance_the_sequence()
    {
        var state = Given(Chunk(1, 0, 1, "one"));
        Assert.Equal(ErrorCodes.InvalidChunk, Conversation.Decide(state, Chunk(2, 5, 4, "two")).Refusal!.Code);
        Assert.Null(Conversation.Decide(state, Chunk(2, 4, 5, "two")).Refusal);
    }

    [Fact]
    public void A_late_silence_is_ignored()
    {
        var state = Given(Chunk(1, 0, 1, "one"), new CloseLane("ana", "silence"));
        Assert.Empty(Conversation.Decide(state, new CloseLane("ana", "silence")).Facts);
    }

    [Fact]
    public void The_end_closes_everything_asks_for_a_summary_and_waits_to_be_settled()
    {
        var state = Given(Chunk(1, 0, 1, "one"));
        Assert.Equal(
            ["EndRequested", "FINALIZED", "WORKFLOW_ROUTED", "SPEAKER_TURN", "SEMANTIC_UPDATE", "SummaryDue"],
            Names(Conversation.Decide(state, new End("requested"))));
        Take(state, new End("requested"));
        Assert.Equal(ErrorCodes.StreamEnded, Conversation.Decide(state, Chunk(2, 2, 3, "two")).Refusal!.Code);
        var ended = Assert.IsType<SessionEndedPayload>(Assert.IsType<VisibleFact>(Conversation.Decide(state, new Settle()).Facts[1]).Payload);
        Assert.Equal(("requested", 1, 1, 1), (ended.Stats.Reason, ended.Stats.ChunksReceived, ended.Stats.SegmentsFinalized, ended.Stats.Turns));
    }

    [Fact]
    public void Work_is_applied_once_and_may_still_be_answered_after_it_failed()
    {
        var state = Given(Chunk(1, 0, 1, "what is the price"), new End("requested"));
        var failed = new ReportWork("seg-0", new WorkflowFailedPayload("question", "h1", "timeout", 3));
        var answered = new ReportWork("seg-0", new WorkflowResultPayload("question", "h1", "nine euros"));
        Assert.Equal(["seg-0"], state.Pending.Keys);
        Take(state, failed);
        Assert.Empty(Conversation.Decide(state, failed).Facts);
        Take(state, answered);
        Assert.Empty(Conversation.Decide(state, answered).Facts);
        // It failed and was answered: it counts once, where it is now.
        Assert.Equal((1, 0, 1), (state.WorkRouted, state.WorkFailed, state.WorkDone));
        Assert.Empty(state.Unanswered);
    }

    [Fact]
    public void Work_that_is_tried_again_and_fails_for_another_reason_says_so_and_the_ledger_adds_up()
    {
        var state = Given(Chunk(1, 0, 1, "what is the price"), new End("requested"));
        Take(state, new ReportWork("seg-0", new WorkflowDroppedPayload("question", "queue_full")));
        Assert.Equal((1, 0, 1), (state.WorkRouted, state.WorkFailed, state.WorkDropped));
        Assert.Empty(Conversation.Decide(state, new ReportWork("seg-0", new WorkflowDroppedPayload("question", "queue_full"))).Facts);
        var failed = new ReportWork("seg-0", new WorkflowFailedPayload("question", "h1", "not_authorized", 1));
        Take(state, failed);
        Assert.Empty(Conversation.Decide(state, failed).Facts);
        Assert.Equal((1, 1, 0), (state.WorkRouted, state.WorkFailed, state.WorkDropped));
        Assert.Equal("not_authorized", state.Unanswered["seg-0"].Reason);
    }

    [Fact]
    public void A_failure_for_the_same_reason_with_other_calls_is_another_and_is_counted()
    {
        var state = Given(Chunk(1, 0, 1, "what is the price"), new End("requested"));
        var first = Failed(output: 3);
        var second = Failed(output: 5);
        Take(state, first);
        Assert.Empty(Conversation.Decide(state, Failed(output: 3)).Facts);
        Take(state, second);
        Assert.Empty(Conversation.Decide(state, Failed(output: 5)).Facts);
        Assert.Equal((2, 8), (state.TotalUsage!.Calls, state.TotalUsage.OutputTokens));
        Assert.Equal((1, 1), (state.WorkRouted, state.WorkFailed));

        static ReportWork Failed(int output) => new("seg-0", new WorkflowFailedPayload("question", "h1", "timeout", 1)
        {
            Used = new TokenUsage(1, 20, output, TokenCounts.Server),
        });
    }

    [Fact]
    public void Work_that_a_later_segment_takes_over_is_joined_and_not_dropped()
    {
        var state = Given(Chunk(1, 0, 1, "what is the price"), new End("requested"));
        Take(state, new ReportWork("seg-0", new WorkflowDroppedPayload("question", WorkflowDroppedPayload.Joined)));
        Assert.Equal((1, 0, 1), (state.ToStats().WorkRouted, state.ToStats().WorkDropped, state.ToStats().WorkJoined));
    }

    [Fact]
    public void Work_that_nobody_does_is_told_and_not_waited_for()
    {
        var state = new ConversationState("str-1");
        Take(state, new Open(new ConversationSettings { Workflows = [Workflow.Question] }));
        Take(state, Chunk(1, 0, 1, "i will send it"));
        Take(state, new End("requested"));
        Assert.Empty(state.Pending);
        Assert.Equal((0, 1), (state.WorkRouted, state.Segments));
    }

    [Fact]
    public void A_sentence_that_was_cut_in_two_is_routed_joined()
    {
        var state = Given(Chunk(1, 0, 2, "could you please send"), Chunk(2, 2, 2.5, "mhm", "ben"), Chunk(3, 2.6, 4, "the report by friday"));
        var facts = Conversation.Decide(state, new End("requested")).Facts.OfType<VisibleFact>().ToList();
        var routed = facts.Where(fact => fact.SegmentId == "seg-2").Select(fact => fact.Payload).OfType<WorkflowRoutedPayload>().Single();
        Assert.Equal("seg-0", routed.Replaces);
        Take(state, new End("requested"));
        Assert.Equal("could you please send the report by friday", state.Pending["seg-2"].Segment.Text);
        Assert.Equal(["could you please send", "mhm", "the report by friday"], state.Pending["seg-2"].Context.Select(segment => segment.Text));
    }

    [Fact]
    public void A_summary_is_due_after_five_segments_and_covers_what_came_since_the_last()
    {
        var state = Given([.. Enumerable.Range(0, 6).Select(i => Chunk(i + 1, 3 * i, 3 * i + 1, $"word {i}"))]);
        Assert.Equal(new DueSummary("incremental", 1, state.EventId), state.DueSummary);
        Take(state, new AddSummary(new SummaryPayload("so far", 1, state.EventId, "incremental")));
        Assert.Null(state.DueSummary);
        Assert.Equal("so far", state.Summary!.Text);
    }

    private static ConversationState Given(params ConversationInput[] inputs)
    {
        var state = new ConversationState("str-1");
        Take(state, new Open(new ConversationSettings { Workflows = Enum.GetValues<Workflow>() }));
        foreach (var input in inputs) Take(state, input);
        return state;
    }

    private static void Take(ConversationState state, ConversationInput input)
    {
        var decision = Conversation.Decide(state, input);
        Assert.NotEmpty(decision.Facts);
        foreach (var fact in decision.Facts) Conversation.Apply(state, fact);
    }

    private static HearChunk Chunk(long sequence, double start, double end, string text, string speaker = "ana") =>
        new(sequence, new StreamChunk(start, end, text, speaker));

    private static string[] Names(Decision decision) => [.. decision.Facts.Select(fact => fact is VisibleFact told ? told.Payload.Type : fact.GetType().Name)];
}
