using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Protocol;
using Parley.Semantics;

namespace Parley.Tests.Conversations;

/// <summary>What a pause tells viewers: hints.</summary>
public sealed class EndOfTurnTests : EndOfTurnTest
{
    [Fact]
    public async Task A_hint_is_given_once_in_a_pause()
    {
        await FollowAsync();
        await SayAsync(0, 1, Whole);
        await PauseAsync(0.2);
        var hint = Assert.Single(Hints());
        var payload = (EndOfTurnHintPayload)hint.Payload;
        Assert.Equal(("seg-0", 1L, 1.0), (hint.SegmentId, hint.EventId, hint.TsAudioEnd));
        Assert.Equal(("ana", 0.2), (payload.SpeakerId, payload.PauseSec));
        Assert.Equal(Math.Round(TurnEndModel.Default.Probability(Whole, 0.2), 3), payload.Probability);

        await PauseAsync(0.2);
        await PauseAsync(0.3);
        await PauseAsync(0.5);
        Assert.Single(Hints());

        await SayAsync(1, 2, Whole);
        await PauseAsync(0.2);
        Assert.Equal(2, Hints().Count);
    }

    [Fact]
    public async Task A_pause_in_the_middle_of_a_sentence_gives_none_until_it_is_long_enough()
    {
        await FollowAsync();
        await SayAsync(0, 1, Broken);
        foreach (var step in new[] { 0.2, 0.2, 0.3 })
        {
            await PauseAsync(step);
            Assert.Empty(Hints());
        }

        await PauseAsync(0.5);
        Assert.Single(Hints());
    }

    [Fact]
    public async Task Words_that_come_in_time_make_it_another_pause()
    {
        await FollowAsync();
        await SayAsync(0, 1, Whole);
        await PauseAsync(0.15);
        await SayAsync(1, 2, Broken);
        await PauseAsync(0.15);
        Assert.Empty(Hints());
    }

    [Fact]
    public async Task Every_speaker_has_their_own_pause()
    {
        await FollowAsync();
        await SayAsync(0, 2, Whole);
        await PauseAsync(0.1);
        await SayAsync(1, 3, Whole, "ben");
        await PauseAsync(0.1);
        Assert.Equal(["ana"], Speakers());
        await PauseAsync(0.1);
        Assert.Equal(["ana", "ben"], Speakers());

        IEnumerable<string?> Speakers() => Hints().Select(hint => ((EndOfTurnHintPayload)hint.Payload).SpeakerId);
    }

    [Fact]
    public async Task A_new_pause_is_looked_at_in_time_while_a_later_look_at_another_is_due()
    {
        await FollowAsync();
        await SayAsync(0, 1, Broken);
        foreach (var step in new[] { 0.2, 0.2, 0.3 }) await PauseAsync(step);
        Assert.Empty(Hints());
        // The next look at ana's pause is due in half a second.
        await SayAsync(1, 2, Whole, "ben");
        await PauseAsync(0.2);
        var hint = (EndOfTurnHintPayload)Assert.Single(Hints()).Payload;
        Assert.Equal(("ben", 0.2), (hint.SpeakerId, hint.PauseSec));
    }

    [Fact]
    public async Task Nothing_of_a_hint_is_stored_or_shown_again()
    {
        await FollowAsync();
        await SayAsync(0, 1, Whole);
        var seq = (await Log.FindAsync(Stream, Cancel))!.Seq;
        await PauseAsync(0.2);
        Assert.Single(Hints());
        Assert.Equal(seq, (await Log.FindAsync(Stream, Cancel))!.Seq);
        await FollowAsync();
        await SettleAsync();
        Assert.Empty(Hints());
        Assert.Contains(Seen, envelope => envelope.Payload is PartialPayload);
    }

    [Fact]
    public async Task Without_viewers_and_without_the_setting_nothing_is_looked_at()
    {
        await Directory.OpenAsync(Stream, cancellationToken: Cancel);
        await SayAsync(0, 1, Whole);
        await PauseAsync(1.5);
        await FollowAsync();
        await SettleAsync();
        Assert.Empty(Hints());
    }

    [Fact]
    public async Task A_slow_viewer_loses_hints_as_it_loses_partials_and_no_fact()
    {
        await Directory.DisposeAsync();
        Directory = new(Log, new ConversationOptions { ViewerCapacity = 1 }, Time);
        await FollowAsync();
        await SayAsync(0, 1, Whole);
        await PauseAsync(0.2);
        await SayAsync(1, 2, Whole);
        await Directory.PostAsync(Stream, new CloseLane("ana", CloseReasons.Silence), Cancel);
        Look();
        Assert.Empty(Hints());
        Assert.Contains(Seen, envelope => envelope.Payload is FinalizedPayload);
        Assert.True(Directory.Feed.PartialsDropped >= 2);
    }
}
