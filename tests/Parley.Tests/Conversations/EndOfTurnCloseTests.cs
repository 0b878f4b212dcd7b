using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Protocol;
using Parley.Semantics;
using Parley.Streaming;

namespace Parley.Tests.Conversations;

/// <summary>Where the settings ask for it, a pause ends a segment.</summary>
public sealed class EndOfTurnCloseTests : EndOfTurnTest
{
    [Fact]
    public async Task Text_that_may_still_change_counts_as_said_but_closes_nothing()
    {
        await FollowAsync(new() { CloseOnEndOfTurn = 0.5, EndOfTurnPauseSec = 0.2 });
        await SayAsync(0, 1, Whole, isFinal: false);
        await PauseAsync(0.15);
        await SayAsync(0, 1, "okay okay", isFinal: false);
        await PauseAsync(0.15);
        Assert.Empty(Hints());
        await PauseAsync(0.05);
        Assert.Null(Assert.Single(Hints()).SegmentId);

        await SayAsync(0, 1, "okay", isFinal: true);
        await SayAsync(1, 2, "ok", isFinal: false);
        await PauseAsync(2);
        Assert.Empty(await ClosedByTurnAsync());
    }

    [Fact]
    public async Task The_setting_closes_the_segment_and_the_log_says_why()
    {
        await FollowAsync(new() { CloseOnEndOfTurn = 0.5, EndOfTurnPauseSec = 0.3 });
        await SayAsync(0, 1, Whole);
        await PauseAsync(0.2);
        Assert.Single(Hints());
        Assert.Empty(await ClosedByTurnAsync());
        await PauseAsync(0.1);
        var closed = Assert.Single(await ClosedByTurnAsync());
        Assert.Equal(("ana", Math.Round(TurnEndModel.Default.Probability(Whole, 0.3), 3)), (closed.SpeakerId, closed.Probability));
        Look();
        Assert.Contains(Seen, envelope => envelope.Payload is FinalizedPayload { Segment.Text: Whole });

        // A wrong prediction loses nothing: what comes later is a segment that goes on from this one.
        await SayAsync(1.2, 2, Broken);
        await PauseAsync(2);
        Assert.Equal([Whole, Broken], await FinalsAsync());
    }

    [Fact]
    public async Task A_probability_below_the_setting_closes_nothing_before_silence_does()
    {
        await Directory.OpenAsync(Stream, new ConversationSettings { CloseOnEndOfTurn = 0.99 }, Cancel);
        await SayAsync(0, 1, Broken);
        await PauseAsync(1.9);
        Assert.Empty(await FinalsAsync());
        await PauseAsync(0.1);
        Assert.Equal([Broken], await FinalsAsync());
        Assert.Empty(await ClosedByTurnAsync());
    }

    [Fact]
    public async Task Text_that_redaction_holds_is_not_looked_at_and_closes_with_silence()
    {
        await FollowAsync(new ConversationSettings { CloseOnEndOfTurn = 0.5, EndOfTurnPauseSec = 0.2, Redact = true });
        await SayAsync(0, 1, Whole);
        await PauseAsync(1.5);
        Assert.Empty(Hints());
        await PauseAsync(0.5);
        Assert.Equal([Whole], await FinalsAsync());
        Assert.Empty(await ClosedByTurnAsync());
    }

    [Theory]
    [InlineData("de", null, false)]
    [InlineData("de", "en", true)]
    [InlineData("en-GB", null, true)]
    [InlineData("en-GB", "de", false)]
    public async Task Words_of_another_language_give_no_hint_and_close_with_silence(string conversation, string? segment, bool isRead)
    {
        await FollowAsync(new ConversationSettings { CloseOnEndOfTurn = 0.5, EndOfTurnPauseSec = 0.2, Language = conversation });
        var chunk = new StreamChunk(0, 1, Whole, "ana") { Details = segment is null ? null : new SpeechDetails { Language = segment } };
        await Sender.ChunkAsync(Directory, chunk, true);
        await SettleAsync();
        await PauseAsync(1.5);
        Assert.Equal(isRead, Hints().Count > 0);
        Assert.Equal(isRead, (await ClosedByTurnAsync()).Count > 0);
        await PauseAsync(0.5);
        Assert.Equal([Whole], await FinalsAsync());
    }

    [Fact]
    public async Task A_log_with_such_a_close_replays_without_the_model()
    {
        await Directory.OpenAsync(Stream, new ConversationSettings { CloseOnEndOfTurn = 0.5 }, Cancel);
        await SayAsync(0, 1, Whole);
        await PauseAsync(0.7);
        await SayAsync(2, 3, Whole);
        await Directory.PostAsync(Stream, new End("requested"), Cancel);
        var report = await ConversationReplay.VerifyAsync(Log, Stream, cancellationToken: Cancel);
        Assert.True(report.IsVerified);
        var log = await Log.ReadAsync(Stream, 0, Cancel).Where(record => record.Type == "lane_closed").ToListAsync(Cancel);
        Assert.Contains("\"reason\":\"end_of_turn\",\"probability\":0.", System.Text.Encoding.UTF8.GetString(Assert.Single(log).Json.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restart_an_open_segment_is_closed_as_before()
    {
        await Directory.OpenAsync(Stream, new ConversationSettings { CloseOnEndOfTurn = 0.5 }, Cancel);
        await SayAsync(0, 1, Whole);
        // As after a kill: another process goes on with the log.
        await using var next = new ConversationDirectory(Log, clock: Time);
        await next.ResumeAsync((_, problem) => throw problem, Cancel);
        Time.Advance(TimeSpan.FromSeconds(0.7));
        await next.ReadAsync(Stream, state => state.Phase, Cancel);
        Assert.Equal([Whole], await FinalsAsync());
    }
}
