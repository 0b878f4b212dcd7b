using Parley.Conversations.Intake;
using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Routing;
using Parley.Streaming;
using Parley.Tests.Support;

namespace Parley.Tests.Conversations;

public sealed class DirectoryTests : IAsyncDisposable
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";

    private static readonly ConversationSettings Working = new() { Workflows = Enum.GetValues<Workflow>() };

    private readonly MemoryEventLog _log = new();
    private readonly FakeTimeProvider _time = new();
    private ConversationDirectory _directory;

    public DirectoryTests() => _directory = Open();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _directory.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task What_is_acknowledged_is_in_the_log()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        var receipt = await _directory.SayAsync(Stream, Chunk(1, 0, 1, "hello"), Cancel);
        Assert.Equal(3, receipt!.Value.Facts[0].Record.Seq);
        Assert.Equal(3, (await _log.FindAsync(Stream, Cancel))!.Seq);
        Assert.True((await _directory.SayAsync(Stream, Chunk(1, 0, 1, "hello"), Cancel))!.Value.IsRepeat);
        Assert.Null(await _directory.SayAsync("str-unknown", Chunk(1, 0, 1, "hello"), Cancel));
    }

    [Fact]
    public async Task Many_senders_at_once_lose_nothing()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async sender =>
        {
            for (var i = 1; i <= 100; i++)
            {
                var chunk = new ChunkDelivery(i, new StreamChunk(i, i + 1, $"w{i}", $"s{sender}"), $"{sender}");
                Assert.Null((await _directory.SayAsync(Stream, chunk, Cancel))!.Value.Refusal);
            }
        }));
        Assert.Equal(800, await _directory.ReadAsync(Stream, state => state.Chunks, Cancel));
        Assert.True((await ConversationReplay.VerifyAsync(_log, Stream, cancellationToken: Cancel)).IsVerified);
    }

    [Fact]
    public async Task A_conversation_is_found_again_after_a_restart()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        await _directory.SayAsync(Stream, Chunk(1, 0, 1, "before"), Cancel);
        await _directory.DisposeAsync();
        _directory = Open();
        await _directory.SayAsync(Stream, Chunk(2, 1, 2, "after"), Cancel);
        Assert.Equal("before after", await _directory.ReadAsync(Stream, state => state.OpenSegments[0].Text, Cancel));
    }

    [Fact]
    public async Task Silence_finalises()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        await _directory.SayAsync(Stream, Chunk(1, 0, 1, "hello"), Cancel);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(0, await _directory.ReadAsync(Stream, state => state.Segments, Cancel));
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(1, await _directory.ReadAsync(Stream, state => state.Segments, Cancel));
    }

    [Fact]
    public async Task The_end_waits_for_work_but_not_for_ever()
    {
        await _directory.OpenAsync(Stream, Working, Cancel);
        await _directory.SayAsync(Stream, Chunk(1, 0, 1, "hello"), Cancel);
        await _directory.PostAsync(Stream, new End("requested"), Cancel);
        Assert.Equal(ConversationPhase.Draining, await _directory.ReadAsync(Stream, state => state.Phase, Cancel));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(ConversationPhase.Ended, await _directory.ReadAsync(Stream, state => state.Phase, Cancel));
        Assert.NotNull(await _directory.PostAsync(Stream, new ReportWork("seg-0", new WorkflowResultPayload("general", "late", "answer")), Cancel));
        Assert.Equal(1, await _directory.ReadAsync(Stream, state => state.WorkDone, Cancel));
    }

    [Fact]
    public async Task The_end_comes_at_once_when_nothing_is_open()
    {
        await _directory.OpenAsync(Stream, Working, Cancel);
        await _directory.SayAsync(Stream, Chunk(1, 0, 1, "hello"), Cancel);
        await _directory.PostAsync(Stream, new End("requested"), Cancel);
        await _directory.PostAsync(Stream, new ReportWork("seg-0", new WorkflowResultPayload("general", "h", "done")), Cancel);
        var due = await _directory.ReadAsync(Stream, state => state.DueSummary, Cancel);
        await _directory.PostAsync(Stream, new AddSummary(new SummaryPayload("all", due!.FromEventId, due.ToEventId, due.Kind)), Cancel);
        Assert.Equal(ConversationPhase.Ended, await _directory.ReadAsync(Stream, state => state.Phase, Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_idle_conversation_is_put_away_and_an_abandoned_one_is_ended(bool isPutAway)
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        await _directory.PostAsync(Stream, new NameSpeaker(new SpeakerRevisionPayload([], "Ana", "ana")), Cancel);
        await SweepAfterAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _directory.Count);
        Assert.Equal(ConversationPhase.Live, await _directory.ReadAsync(Stream, state => state.Phase, Cancel));
        // It is ended while it is put away, and where it is not.
        await SweepAfterAsync(TimeSpan.FromMinutes(isPutAway ? 1 : 60));
        if (isPutAway) await SweepAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(ConversationPhase.Draining, await _directory.ReadAsync(Stream, state => state.Phase, Cancel));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(ConversationPhase.Ended, await _directory.ReadAsync(Stream, state => state.Phase, Cancel));
        var report = await _log.ReadEventsAsync(Stream, 0, Cancel).Select(FactRecords.ToFact).OfType<VisibleFact>().LastAsync(Cancel);
        Assert.Equal("abandoned", Assert.IsType<SessionEndedPayload>(report.Payload).Stats.Reason);
    }

    [Fact]
    public async Task An_ended_conversation_is_put_away_whatever_it_still_waited_for()
    {
        await _directory.OpenAsync(Stream, Working, Cancel);
        await _directory.SayAsync(Stream, Chunk(1, 0, 1, "hello"), Cancel);
        await _directory.PostAsync(Stream, new End("requested"), Cancel);
        Assert.Equal(ConversationPhase.Draining, await _directory.ReadAsync(Stream, state => state.Phase, Cancel));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(ConversationPhase.Ended, await _directory.ReadAsync(Stream, state => state.Phase, Cancel));
        await SweepAfterAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _directory.Count);
        Assert.Equal(1, await _directory.ReadAsync(Stream, state => state.Pending.Count, Cancel));
    }

    [Fact]
    public async Task A_conversation_that_failed_does_not_stay_in_memory()
    {
        await using var other = Open();
        var failing = new FailureObserver();
        await using var directory = new ConversationDirectory(_log, clock: _time);
        directory.Observe(failing);
        await directory.OpenAsync(Stream, cancellationToken: Cancel);
        await other.SayAsync(Stream, Chunk(1, 0, 1, "hello"), Cancel);
        await Assert.ThrowsAsync<StaleEpochException>(() => directory.SayAsync(Stream, Chunk(1, 0, 1, "hello"), Cancel));
        // Its loop is over.
        await (await failing.Failure).DisposeAsync();
        Assert.Equal(1, directory.Count);
        _time.Advance(TimeSpan.FromSeconds(30));
        await directory.Sweeping;
        Assert.Equal(0, directory.Count);
    }

    [Fact]
    public async Task Who_looks_while_a_conversation_fails_is_told()
    {
        await using var other = Open();
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        await other.SayAsync(Stream, Chunk(1, 0, 1, "hello"), Cancel);
        var failing = _directory.SayAsync(Stream, Chunk(1, 0, 1, "hello"), Cancel);
        var looks = Enumerable.Range(0, 100).Select(_ => _directory.ReadAsync(Stream, state => state.Chunks, Cancel)).ToList();
        await Assert.ThrowsAsync<StaleEpochException>(() => failing);
        foreach (var look in looks)
        {
            // One that came too late for the failure finds the conversation as it is.
            if (await Record.ExceptionAsync(() => look) is { } problem) Assert.IsType<StaleEpochException>(problem);
            else Assert.Equal(1, await look);
        }
    }

    [Fact]
    public async Task A_viewer_sees_facts_and_partials_in_order()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        await using var viewer = _directory.FollowAsync(Stream, 0, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await viewer.MoveNextAsync());
        var seen = new List<string> { Line(viewer.Current) };
        // It has read all that is stored, and waits for more.
        var next = viewer.MoveNextAsync();
        await _directory.SayAsync(Stream, Chunk(1, 0, 1, "hello"), Cancel);
        await _directory.PostAsync(Stream, new End("requested"), Cancel);
        _time.Advance(TimeSpan.FromSeconds(30));
        for (; await next; next = viewer.MoveNextAsync()) seen.Add(Line(viewer.Current));
        Assert.Equal("1 SESSION_STARTED", seen[0]);
        Assert.Equal("1 PARTIAL", seen[1]);
        Assert.Equal(["2 FINALIZED", "3 WORKFLOW_ROUTED", "4 SPEAKER_TURN", "5 SEMANTIC_UPDATE", "6 SESSION_ENDED"], seen.Skip(1).Where(line => !line.EndsWith("PARTIAL", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_that_is_asked_for_in_the_moment_of_its_erasure_tells_nothing_more()
    {
        var log = new GatedLog(_log, gated: "none");
        await using var directory = new ConversationDirectory(log, clock: _time);
        await directory.OpenAsync(Stream, cancellationToken: Cancel);
        await directory.SayAsync(Stream, Chunk(1, 0, 1, "hello"), Cancel);
        Task<long>? meanwhile = null;
        log.BeforeErasing = () =>
        {
            meanwhile = directory.ReadAsync(Stream, state => state.Chunks, Cancel);
            return Task.CompletedTask;
        };
        Assert.True(await directory.EraseAsync(Stream, Cancel));
        await Assert.ThrowsAsync<StreamErasedException>(() => meanwhile!);
        await Assert.ThrowsAsync<StreamErasedException>(() => directory.ReadAsync(Stream, state => state.Chunks, Cancel));
    }

    [Fact]
    public async Task A_conversation_that_could_not_be_read_is_forgotten_once_it_is_erased()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        _directory.MarkUnreadable(new StreamUnreadableException(Stream, "Fact 3 cannot be read."));
        await Assert.ThrowsAsync<StreamUnreadableException>(() => _directory.SayAsync(Stream, Chunk(1, 0, 1, "hello"), Cancel));
        Assert.True(await _directory.EraseAsync(Stream, Cancel));
        Assert.Empty(_directory.Unreadable);
        await Assert.ThrowsAsync<StreamErasedException>(() => _directory.SayAsync(Stream, Chunk(1, 0, 1, "hello"), Cancel));
    }

    [Fact]
    public async Task Two_who_erase_at_once_are_told_that_one_of_them_did()
    {
        var log = new GatedLog(_log, gated: "none");
        await using var directory = new ConversationDirectory(log, clock: _time);
        await directory.OpenAsync(Stream, cancellationToken: Cancel);
        Task<bool>? other = null;
        log.BeforeErasing = () =>
        {
            other ??= directory.EraseAsync(Stream, Cancel);
            return Task.CompletedTask;
        };
        Assert.True(await directory.EraseAsync(Stream, Cancel));
        Assert.False(await other!);
    }

    [Fact]
    public async Task An_erased_conversation_takes_nothing()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        Assert.True(await _directory.EraseAsync(Stream, Cancel));
        Assert.False(await _directory.EraseAsync(Stream, Cancel));
        await Assert.ThrowsAsync<StreamErasedException>(() => _directory.SayAsync(Stream, Chunk(1, 0, 1, "hello"), Cancel));
        await Assert.ThrowsAsync<StreamErasedException>(() => _directory.OpenAsync(Stream, cancellationToken: Cancel));
    }

    [Fact]
    public async Task A_second_owner_is_stopped_and_the_first_goes_on()
    {
        await using var other = Open();
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        await other.SayAsync(Stream, Chunk(1, 0, 1, "hello"), Cancel);
        await Assert.ThrowsAsync<StaleEpochException>(() => _directory.SayAsync(Stream, Chunk(1, 0, 1, "hello"), Cancel));
        Assert.True((await _directory.SayAsync(Stream, Chunk(1, 0, 1, "hello"), Cancel))!.Value.IsRepeat);
    }

    private ConversationDirectory Open() => new(_log, clock: _time);

    private async Task SweepAfterAsync(TimeSpan pause)
    {
        _time.Advance(pause);
        await _directory.Sweeping;
    }

    private static string Line(LogRecord shown) => $"{shown.EventId} {shown.Type}";

    private static ChunkDelivery Chunk(long sequence, double start, double end, string text) =>
        new(sequence, new StreamChunk(start, end, text, "ana"));

    private sealed class FailureObserver : IConversationObserver
    {
        private readonly TaskCompletionSource<LiveConversation> _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<LiveConversation> Failure => _failure.Task.WaitAsync(Cancel);

        public void Failed(LiveConversation conversation, Exception problem) => _failure.TrySetResult(conversation);
    }
}
