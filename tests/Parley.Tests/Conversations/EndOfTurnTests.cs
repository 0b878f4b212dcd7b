using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Semantics;
using Parley.Streaming;

namespace Parley.Tests.Conversations;

/// <summary>What a pause tells: hints for viewers, and, where the settings ask for it, the end of a segment.</summary>
public sealed class EndOfTurnTests : IAsyncDisposable
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";
    private const string Whole = "okay";
    private const string Broken = "so i was";

    private readonly MemoryEventLog _log = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Sender _sender = new(Stream);
    private readonly List<Envelope> _seen = [];
    private ConversationDirectory _directory;
    private StreamSubscription? _viewer;

    public EndOfTurnTests() => _directory = new(_log, clock: _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_viewer is not null) await _viewer.DisposeAsync();
        await _directory.DisposeAsync();
        await _log.DisposeAsync();
    }

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
    public async Task Nothing_of_a_hint_is_stored_or_shown_again()
    {
        await FollowAsync();
        await SayAsync(0, 1, Whole);
        var seq = (await _log.FindAsync(Stream, Cancel))!.Seq;
        await PauseAsync(0.2);
        Assert.Single(Hints());
        Assert.Equal(seq, (await _log.FindAsync(Stream, Cancel))!.Seq);
        await FollowAsync();
        await SettleAsync();
        Assert.Empty(Hints());
        Assert.Contains(_seen, envelope => envelope.Payload is PartialPayload);
    }

    [Fact]
    public async Task Without_viewers_and_without_the_setting_nothing_is_looked_at()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        await SayAsync(0, 1, Whole);
        await PauseAsync(1.5);
        await FollowAsync();
        await SettleAsync();
        Assert.Empty(Hints());
    }

    [Fact]
    public async Task A_slow_viewer_loses_hints_as_it_loses_partials_and_no_fact()
    {
        await _directory.DisposeAsync();
        _directory = new(_log, new ConversationOptions { ViewerCapacity = 1 }, _time);
        await FollowAsync();
        await SayAsync(0, 1, Whole);
        await PauseAsync(0.2);
        await SayAsync(1, 2, Whole);
        await _directory.PostAsync(Stream, new CloseLane("ana", CloseReasons.Silence), Cancel);
        Look();
        Assert.Empty(Hints());
        Assert.Contains(_seen, envelope => envelope.Payload is FinalizedPayload);
        Assert.True(_directory.Feed.PartialsDropped >= 2);
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
        Assert.Contains(_seen, envelope => envelope.Payload is FinalizedPayload { Segment.Text: Whole });

        // A wrong prediction loses nothing: what comes later is a segment that goes on from this one.
        await SayAsync(1.2, 2, Broken);
        await PauseAsync(2);
        Assert.Equal([Whole, Broken], await FinalsAsync());
    }

    [Fact]
    public async Task A_probability_below_the_setting_closes_nothing_before_silence_does()
    {
        await _directory.OpenAsync(Stream, new ConversationSettings { CloseOnEndOfTurn = 0.99 }, Cancel);
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
        await _sender.ChunkAsync(_directory, chunk, true);
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
        await _directory.OpenAsync(Stream, new ConversationSettings { CloseOnEndOfTurn = 0.5 }, Cancel);
        await SayAsync(0, 1, Whole);
        await PauseAsync(0.7);
        await SayAsync(2, 3, Whole);
        await _directory.PostAsync(Stream, new End("requested"), Cancel);
        var report = await ConversationReplay.VerifyAsync(_log, Stream, cancellationToken: Cancel);
        Assert.True(report.IsVerified);
        var log = await _log.ReadAsync(Stream, 0, Cancel).Where(record => record.Type == "lane_closed").ToListAsync(Cancel);
        Assert.Contains("\"reason\":\"end_of_turn\",\"probability\":0.", System.Text.Encoding.UTF8.GetString(Assert.Single(log).Json.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restart_an_open_segment_is_closed_as_before()
    {
        await _directory.OpenAsync(Stream, new ConversationSettings { CloseOnEndOfTurn = 0.5 }, Cancel);
        await SayAsync(0, 1, Whole);
        // As after a kill: another process goes on with the log.
        await using var next = new ConversationDirectory(_log, clock: _time);
        await next.ResumeAsync((_, problem) => throw problem, Cancel);
        _time.Advance(TimeSpan.FromSeconds(0.7));
        await next.ReadAsync(Stream, state => state.Phase, Cancel);
        Assert.Equal([Whole], await FinalsAsync());
    }

    private async Task FollowAsync(ConversationSettings? settings = null)
    {
        await _directory.OpenAsync(Stream, settings, Cancel);
        if (_viewer is not null) await _viewer.DisposeAsync();
        _seen.Clear();
        _viewer = _directory.Subscribe(Stream, 0);
        while (_seen.Count == 0)
        {
            await _viewer.WaitAsync();
            Look();
        }

        await SettleAsync();
    }

    // What the viewer has asked for when it had caught up is answered before this.
    private async Task SettleAsync()
    {
        await _directory.ReadAsync(Stream, state => state.Phase, Cancel);
        Look();
    }

    private void Look()
    {
        while (_viewer is not null && _viewer.TryTake(out var next)) _seen.Add(Envelope.Parse(next.Json.Span));
    }

    private List<Envelope> Hints()
    {
        Look();
        return [.. _seen.Where(envelope => envelope.Payload is EndOfTurnHintPayload)];
    }

    private async Task SayAsync(double start, double end, string text, string speaker = "ana", bool isFinal = true)
    {
        await _sender.ChunkAsync(_directory, new StreamChunk(start, end, text, speaker), isFinal);
        await _directory.ReadAsync(Stream, state => state.Phase, Cancel);
    }

    private async Task PauseAsync(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await _directory.ReadAsync(Stream, state => state.Phase, Cancel);
    }

    private async Task<List<LaneClosed>> ClosedByTurnAsync() =>
        [.. (await FactsAsync()).OfType<LaneClosed>().Where(closed => closed.Reason == CloseReasons.EndOfTurn)];

    private async Task<List<string>> FinalsAsync() =>
        [.. (await FactsAsync()).OfType<VisibleFact>().Select(fact => fact.Payload).OfType<FinalizedPayload>().Select(final => final.Segment.Text)];

    private async Task<List<Fact>> FactsAsync() => await _log.ReadAsync(Stream, 0, Cancel).Select(FactRecords.ToFact).ToListAsync(Cancel);
}
