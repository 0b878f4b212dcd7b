using Parley.Conversations.Intake;
using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Streaming;
using Parley.Tests.Support;

namespace Parley.Tests.Conversations;

public sealed class OverloadTests : IAsyncDisposable
{
    private const string Slow = "str-6f1f0a52-0000-4000-8000-000000000001";
    private const string Other = "str-6f1f0a52-0000-4000-8000-000000000002";
    private const int Capacity = 8;

    private readonly GatedLog _log = new(new MemoryEventLog(), Slow);
    private readonly FakeTimeProvider _time = new();
    private readonly ConversationDirectory _directory;

    public OverloadTests() => _directory = new(_log, new ConversationOptions { InputCapacity = Capacity, BatchSize = 4 }, _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _log.Open();
        await _directory.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task A_flooded_conversation_makes_its_senders_wait_and_nobody_else()
    {
        await OpenBothAsync();
        _log.Shut();
        var flood = Enumerable.Range(1, 1000).Select(i => _directory.SayAsync(Slow, Chunk(i, "ana"), Cancel)).ToList();
        await _log.Arrival;

        for (var i = 1; i <= 100; i++) Assert.Null((await _directory.SayAsync(Other, Chunk(i, "ana"), Cancel))!.Value.Refusal);
        Assert.DoesNotContain(flood, sent => sent.IsCompleted);
        // Who gives up waiting for room leaves nothing behind.
        using var impatient = new CancellationTokenSource();
        var givenUp = _directory.PostAsync(Slow, new End("impatient"), impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);

        _log.Open();
        var receipts = await Task.WhenAll(flood);
        Assert.All(receipts.Index(), sent => Assert.Equal(sent.Index + 1, Sequence(sent.Item!.Value)));
        Assert.Equal(1000, await _directory.ReadAsync(Slow, state => state.Chunks, Cancel));
        // Four inputs, with a segment, its route and a turn of each at most.
        Assert.InRange(_log.Largest, 1, 4 * 6);
        Assert.True((await ConversationReplay.VerifyAsync(_log, Slow, cancellationToken: Cancel)).IsVerified);
    }

    [Fact]
    public async Task Each_sender_gets_its_own_receipt_when_silence_is_noticed_among_them()
    {
        await OpenBothAsync();
        await _directory.SayAsync(Slow, Chunk(1, "ana"), Cancel);
        _log.Shut();
        var before = _directory.SayAsync(Slow, Chunk(2, "ben"), Cancel);
        await _log.Arrival;
        _time.Advance(TimeSpan.FromSeconds(3));
        var after = _directory.SayAsync(Slow, Chunk(3, "ben"), Cancel);
        var gap = _directory.SayAsync(Slow, Chunk(9, "ben"), Cancel);
        _log.Open();
        Assert.Equal(2, Sequence((await before)!.Value));
        Assert.Equal(3, Sequence((await after)!.Value));
        Assert.Equal(4, (await gap)!.Value.Refusal?.Expected);
    }

    [Fact]
    public async Task A_viewer_that_does_not_read_is_closed_and_nobody_waits_for_it()
    {
        await OpenBothAsync();
        await using var stuck = _directory.FollowAsync(Slow, 0, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await stuck.MoveNextAsync());
        // It has read all that is stored, and from here on does not look at what comes.
        var live = stuck.MoveNextAsync();

        var seen = new List<long>();
        await using var quick = _directory.FollowAsync(Slow, 0, Cancel).GetAsyncEnumerator(Cancel);
        // Another speaker each time: every chunk closes a segment.
        for (var i = 1; i <= 400; i++)
        {
            Assert.Null((await _directory.SayAsync(Slow, Chunk(i, $"s{i % 2}"), Cancel))!.Value.Refusal);
            var told = await _directory.ReadAsync(Slow, state => state.EventId, Cancel);
            while (seen.Count < told) await ReadAsync();
        }

        Assert.True(await live);
        var slow = await Assert.ThrowsAsync<SlowViewerException>(async () =>
        {
            while (await stuck.MoveNextAsync())
            {
            }
        });
        Assert.True(_directory.Feed.PartialsDropped > 0);

        await _directory.PostAsync(Slow, new End("requested"), Cancel);
        Assert.Equal(ConversationPhase.Draining, await _directory.ReadAsync(Slow, state => state.Phase, Cancel));
        _time.Advance(TimeSpan.FromSeconds(30));
        while (await ReadAsync())
        {
        }

        Assert.Equal(Enumerable.Range(1, seen.Count).Select(id => (long)id), seen);
        // Nothing is lost to the one that was closed: it resumes where it was.
        var rest = await _directory.FollowAsync(Slow, slow.LastEventId, Cancel).Select(shown => shown.EventId).ToListAsync(Cancel);
        Assert.Equal(seen.Where(id => id > slow.LastEventId), rest);

        async Task<bool> ReadAsync()
        {
            if (!await quick.MoveNextAsync()) return false;
            if (quick.Current.Seq != 0) seen.Add(quick.Current.EventId);
            return true;
        }
    }

    private async Task OpenBothAsync()
    {
        await _directory.OpenAsync(Slow, cancellationToken: Cancel);
        await _directory.OpenAsync(Other, cancellationToken: Cancel);
    }

    private static long Sequence(Receipt receipt) => Assert.IsType<ChunkAccepted>(receipt.Facts[0].Fact).Sequence;

    private static ChunkDelivery Chunk(long sequence, string speaker) => new(sequence, new StreamChunk(sequence, sequence + 0.9, "could you check that", speaker));
}
