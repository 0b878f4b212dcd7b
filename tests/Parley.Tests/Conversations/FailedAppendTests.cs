using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Tests.Conversations;

/// <summary>A log that fails for a moment: what was not acknowledged comes again, and nothing is passed over.</summary>
public sealed class FailedAppendTests : IAsyncDisposable
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";

    private readonly GatedLog _log = new(new MemoryEventLog(), Stream);
    private readonly FakeTimeProvider _time = new();
    private readonly ConversationDirectory _directory;

    public FailedAppendTests() => _directory = new(_log, new ConversationOptions { InputCapacity = 1, CheckpointEvery = 4 }, _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static EventLogUnavailableException Full => new("The disk is full.", isTransient: true);

    public async ValueTask DisposeAsync()
    {
        await _directory.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task A_delivery_that_waited_behind_those_that_failed_does_not_overtake_them()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        await (await SendAsync(1)).Receipt;
        _log.Shut();
        var second = await SendAsync(2);
        await _log.Arrival;
        var third = await SendAsync(3);
        var fourth = SendAsync(4);
        Assert.False(fourth.IsCompleted);

        _log.Fail(Full);
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => second.Receipt);
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => third.Receipt);
        var refused = await (await fourth).Receipt;
        Assert.Equal((ErrorCodes.SequenceGap, 2L), (refused.Refusal?.Code, refused.Refusal?.Expected));
        for (var number = 2; number <= 5; number++) Assert.Null((await (await SendAsync(number)).Receipt).Refusal);
        Assert.Equal("one two three four five", await _directory.ReadAsync(Stream, state => state.OpenSegments.Count == 1 ? state.OpenSegments[0].Text : "closed", Cancel));
    }

    [Fact]
    public async Task A_sender_that_comes_back_may_go_on_behind_what_was_acknowledged_and_is_not_stored()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        await (await SendAsync(1)).Receipt;
        // Text that may still change is acknowledged at once; the log has nothing of it.
        await (await SendAsync(2, isFinal: false)).Receipt;
        _log.Shut();
        var third = await SendAsync(3);
        await _log.Arrival;
        _log.Fail(Full);
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => third.Receipt);
        Assert.Null((await (await SendAsync(3)).Receipt).Refusal);
        Assert.Null((await (await SendAsync(4)).Receipt).Refusal);
    }

    [Fact]
    public async Task What_is_asked_for_is_behind_what_was_acknowledged_and_from_what_was_not()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        await (await SendAsync(1)).Receipt;
        await (await SendAsync(2, isFinal: false)).Receipt;
        Assert.Equal(3, (await _directory.ReadExpectedAsync(Stream, Cancel))![""]);
        _log.Shut();
        var third = await SendAsync(3);
        await _log.Arrival;
        var fourth = await SendAsync(4);
        var fifth = SendAsync(5);
        _log.Fail(Full);
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => third.Receipt);
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => fourth.Receipt);
        var refused = await (await fifth).Receipt;
        Assert.Equal((ErrorCodes.SequenceGap, 3L), (refused.Refusal?.Code, refused.Refusal?.Expected));
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_saved_fails_no_sender()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        _log.FailsCheckpoints = true;
        for (var number = 1; number <= 8; number++) Assert.Null((await (await SendAsync(number)).Receipt).Refusal);
        _log.FailsCheckpoints = false;
        await (await SendAsync(9)).Receipt;
        Assert.NotNull(await _log.LoadCheckpointAsync(Stream, Cancel));
    }

    [Fact]
    public async Task A_conversation_whose_append_failed_goes_on_without_a_sender()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        await (await SendAsync(1)).Receipt;
        _log.Shut();
        var second = await SendAsync(2);
        await _log.Arrival;
        _log.Fail(Full);
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => second.Receipt);

        _time.Advance(TimeSpan.FromMinutes(1));
        await _directory.Sweeping;
        Assert.Equal(1, _directory.Count);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, await _directory.ReadAsync(Stream, state => state.OpenSegments.Count, Cancel));
    }

    [Fact]
    public async Task A_speaker_whose_words_were_being_stored_while_the_timer_rang_was_not_silent()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        await (await SendAsync(1)).Receipt;
        _log.Shut();
        var second = await SendAsync(2);
        await _log.Arrival;
        _time.Advance(TimeSpan.FromSeconds(2));
        _log.Open();
        await second.Receipt;
        Assert.Equal("one two", await _directory.ReadAsync(Stream, state => state.OpenSegments.Count == 1 ? state.OpenSegments[0].Text : "closed", Cancel));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, await _directory.ReadAsync(Stream, state => state.OpenSegments.Count, Cancel));
    }

    [Fact]
    public async Task A_reader_that_throws_hears_of_it_alone()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        await Assert.ThrowsAsync<DivideByZeroException>(() => _directory.ReadAsync<int>(Stream, _ => throw new DivideByZeroException(), Cancel));
        Assert.Null((await (await SendAsync(1)).Receipt).Refusal);
    }

    [Fact]
    public async Task What_comes_after_the_end_makes_a_conversation_due_no_more()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        await (await SendAsync(1)).Receipt;
        await _directory.PostAsync(Stream, new End(EndReasons.Requested), Cancel);
        await _directory.PostAsync(Stream, new AddSummary(new SummaryPayload("said", 1, 100, SummaryKinds.Final)), Cancel);
        Assert.Equal(ConversationPhase.Ended, await _directory.ReadAsync(Stream, state => state.Phase, Cancel));
        _time.Advance(TimeSpan.FromMinutes(2));
        await _directory.Sweeping;
        Assert.Equal(0, _directory.Count);
        await _directory.PostAsync(Stream, new NameSpeaker(new SpeakerRevisionPayload(["seg-0"], "ana")), Cancel);
        Assert.Null((await _log.FindAsync(Stream, Cancel))!.DueAt);
    }

    [Fact]
    public async Task The_final_summary_comes_once()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        var final = new AddSummary(new SummaryPayload("said", 1, 1, SummaryKinds.Final));
        Assert.False((await _directory.PostAsync(Stream, final, Cancel))!.Value.IsRepeat);
        Assert.True((await _directory.PostAsync(Stream, final, Cancel))!.Value.IsRepeat);
    }

    [Fact]
    public async Task A_directory_that_is_disposed_of_opens_nothing_any_more()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        await _directory.DisposeAsync();
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => SendAsync(1));
    }

    [Fact]
    public async Task A_sender_that_comes_while_a_conversation_is_erased_waits_and_finds_it_erased()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        await (await SendAsync(1)).Receipt;
        Task<QueuedDelivery>? meanwhile = null;
        _log.BeforeErasing = () =>
        {
            meanwhile = SendAsync(2);
            Assert.False(meanwhile.IsCompleted);
            return Task.CompletedTask;
        };
        Assert.True(await _directory.EraseAsync(Stream, Cancel));
        await Assert.ThrowsAsync<StreamErasedException>(() => meanwhile!);
        Assert.Equal(0, _directory.Count);
    }

    private async Task<QueuedDelivery> SendAsync(int number, bool isFinal = true)
    {
        string[] words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
        var chunk = new StreamChunk(number, number + 1, words[number - 1], "ana");
        return (await _directory.SendAsync(Stream, new ChunkDelivery(number, chunk, IsFinal: isFinal, Key: $"k{number}"), Cancel))!.Value;
    }
}
