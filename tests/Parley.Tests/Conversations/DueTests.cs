using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Streaming;
using Parley.Tests.Support;

namespace Parley.Tests.Conversations;

/// <summary>Which conversations a process brings back, and when: those that are due, and no others.</summary>
public sealed class DueTests : IAsyncDisposable
{
    private const string Quiet = "str-6f1f0a52-0000-4000-8000-000000000001";
    private const string Talking = "str-6f1f0a52-0000-4000-8000-000000000002";

    private readonly MemoryEventLog _log = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task A_restart_brings_back_what_was_going_on_and_not_what_was_at_rest()
    {
        await TalkAsync();
        var opened = new List<string>();
        await using var again = Open(opened);
        await again.ResumeAsync(NotCalled, Cancel);
        Assert.Equal([Talking], opened);
        Assert.Equal(1, again.Count);
    }

    [Fact]
    public async Task A_crash_brings_back_every_conversation_that_was_in_memory()
    {
        await using var crashed = Open();
        await crashed.OpenAsync(Quiet, cancellationToken: Cancel);
        await crashed.OpenAsync(Talking, cancellationToken: Cancel);
        await crashed.SayAsync(Talking, Chunk(1), Cancel);

        var opened = new List<string>();
        await using var again = Open(opened);
        await again.ResumeAsync(NotCalled, Cancel);
        Assert.Equal([Quiet, Talking], opened.Order());
        // The quiet one was put away at once, until it counts as abandoned.
        Assert.Equal(1, again.Count);
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromHours(1), (await _log.FindAsync(Quiet, Cancel))!.DueAt);
    }

    [Fact]
    public async Task A_conversation_that_was_at_rest_is_ended_when_its_time_comes_even_after_a_restart()
    {
        await TalkAsync();
        _time.Advance(TimeSpan.FromMinutes(10));
        await using var again = Open();
        await again.ResumeAsync(NotCalled, Cancel);
        // An hour after the restart, not before: its sender may have waited for the server.
        await SweepAsync(again, minutes: 59);
        Assert.Equal(ConversationPhase.Live, await again.ReadAsync(Quiet, state => state.Phase, Cancel));
        await SweepAsync(again, minutes: 4);
        Assert.NotEqual(ConversationPhase.Live, await again.ReadAsync(Quiet, state => state.Phase, Cancel));
    }

    [Fact]
    public async Task A_sender_has_its_time_after_a_restart_before_its_conversation_counts_as_abandoned()
    {
        await TalkAsync();
        _time.Advance(TimeSpan.FromHours(3));
        await using var again = Open();
        await again.ResumeAsync(NotCalled, Cancel);
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(StreamState.Open, (await _log.FindAsync(Quiet, Cancel))!.State);
        Assert.Null((await again.SayAsync(Quiet, Chunk(1), Cancel))!.Value.Refusal);
    }

    [Fact]
    public async Task Who_looks_at_a_conversation_does_not_take_it_from_its_owner()
    {
        await using var owner = Open();
        await using var other = Open();
        await owner.OpenAsync(Talking, cancellationToken: Cancel);
        Assert.Equal(0, await other.ReadAsync(Talking, state => state.Chunks, Cancel));
        Assert.Null((await owner.SayAsync(Talking, Chunk(1), Cancel))!.Value.Refusal);
        await other.DisposeAsync();
        Assert.Null((await owner.SayAsync(Talking, Chunk(2), Cancel))!.Value.Refusal);
    }

    [Fact]
    public async Task An_owner_that_was_replaced_leaves_the_log_alone_when_it_closes()
    {
        await using var old = Open();
        await old.OpenAsync(Quiet, cancellationToken: Cancel);
        await using var owner = Open();
        await owner.PostAsync(Quiet, new NameSpeaker(new SpeakerRevisionPayload([], "Ana", "ana")), Cancel);
        await old.DisposeAsync();
        Assert.Equal(DateTimeOffset.MinValue, (await _log.FindAsync(Quiet, Cancel))!.DueAt);
        await owner.DisposeAsync();
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromHours(1), (await _log.FindAsync(Quiet, Cancel))!.DueAt);
    }

    [Fact]
    public async Task Erasing_wins_against_a_sender_in_another_process()
    {
        await using var owner = Open();
        await using var other = Open();
        await owner.OpenAsync(Talking, cancellationToken: Cancel);
        await owner.SayAsync(Talking, Chunk(1), Cancel);
        Assert.True(await other.EraseAsync(Talking, Cancel));
        await Assert.ThrowsAsync<StreamErasedException>(() => owner.SayAsync(Talking, Chunk(2), Cancel));
        await Assert.ThrowsAsync<StreamErasedException>(() => owner.SayAsync(Talking, Chunk(2), Cancel));
    }

    /// <summary>Two conversations of a process that has stopped: one at rest, and one in the middle of a sentence.</summary>
    private async Task TalkAsync()
    {
        await using var directory = Open();
        await directory.OpenAsync(Quiet, cancellationToken: Cancel);
        await directory.OpenAsync(Talking, cancellationToken: Cancel);
        await directory.SayAsync(Talking, Chunk(1), Cancel);
    }

    private async Task SweepAsync(ConversationDirectory directory, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await directory.Sweeping;
        }
    }

    private ConversationDirectory Open(List<string>? opened = null)
    {
        var directory = new ConversationDirectory(_log, clock: _time);
        directory.Observe(new Opening(opened ?? []));
        return directory;
    }

    private static void NotCalled(string stream, Exception problem) => Assert.Fail($"{stream}: {problem}");

    private static ChunkDelivery Chunk(long sequence) => new(sequence, new StreamChunk(sequence, sequence + 1, "hello", "ana"));

    private sealed class Opening(List<string> opened) : IConversationObserver
    {
        public void Opened(LiveConversation conversation, ConversationState state)
        {
            lock (opened) opened.Add(state.StreamId);
        }
    }
}
