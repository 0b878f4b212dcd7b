using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Routing;
using Parley.Streaming;
using Parley.Turns;
using Parley.Work;

namespace Parley.Tests.Conversations;

/// <summary>A speaker who is really called unknown is not the speaker without a name.</summary>
public sealed class UnknownSpeakerTests : IntakeTest
{
    [Fact]
    public async Task They_have_turns_of_their_own_and_keep_the_name()
    {
        await OpenAsync();
        await SayAsync("we should look at the numbers of the last quarter again", speaker: "unknown");
        await SayAsync("the numbers of the last quarter are in the other folder", speaker: null);
        await EndAsync();
        var told = (await FactsAsync()).OfType<VisibleFact>().Select(fact => fact.Payload);
        var turns = told.OfType<SpeakerTurnPayload>().Select(ended => ended.Turn);
        Assert.Equal(["seg-0 unknown", "seg-1 "], turns.Select(turn => $"{string.Join(',', turn.SegmentIds)} {turn.SpeakerId}"));
    }

    [Theory]
    [InlineData("Unknown", "Unknown")]
    [InlineData(null, null)]
    public async Task Work_is_of_them_or_of_nobody(string? speaker, string? expected)
    {
        await _directory.OpenAsync(Stream, new ConversationSettings { Workflows = [Workflow.Question] }, Cancel);
        await SayAsync("what does the ferry cost?", speaker: speaker);
        await _directory.PostAsync(Stream, new CloseLane(speaker, CloseReasons.Silence), Cancel);
        var request = await _directory.ReadAsync(Stream, state => state.Pending["seg-0"], Cancel);
        Assert.Equal(expected, DeadLetters.ToItem(Stream, request!, _ => "1").Speaker);
        Assert.Equal("Unknown", request!.Segment.Speaker);
    }

    [Fact]
    public void A_turn_grouper_calls_a_speaker_without_a_name_unknown_and_keeps_both_apart()
    {
        var turns = new TurnGrouper();
        Assert.Empty(turns.Add(new StreamSegment(0, 3, "we should look at the numbers of the last quarter again", "unknown")));
        var ended = turns.Add(new StreamSegment(3, 6, "the numbers of the last quarter are in the other folder", null));
        Assert.Equal(["unknown", "unknown"], ended.Concat(turns.EndOfStream()).Select(turn => turn.SpeakerId));
    }
}
