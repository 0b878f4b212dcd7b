using Parley.Conversations.Intake;
using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Routing;
using Parley.Streaming;
using Parley.Tests.Support;

namespace Parley.Tests.Conversations;

/// <summary>A conversation in which nothing is said, and what is kept of it meanwhile.</summary>
public sealed class QuietTests : IAsyncDisposable
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";

    private readonly MemoryEventLog _log = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ConversationDirectory _directory;

    public QuietTests() => _directory = new(_log, new ConversationOptions { CheckpointEvery = 10 }, _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _directory.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task One_that_is_only_looked_at_is_put_away()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        await SweepAfterAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(ConversationPhase.Live, await LookAsync());
        await SweepAfterAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, _directory.Count);
    }

    [Fact]
    public async Task One_that_is_only_looked_at_is_abandoned()
    {
        // Its work, which never comes, keeps it in memory.
        await _directory.OpenAsync(Stream, new ConversationSettings { Workflows = Enum.GetValues<Workflow>() }, Cancel);
        await SayAsync(1, "what does the ferry cost");
        await _directory.PostAsync(Stream, new CloseLane("ana", "silence"), Cancel);
        for (var minutes = 0; minutes < 60; minutes += 15)
        {
            Assert.Equal(ConversationPhase.Live, await LookAsync());
            await SweepAfterAsync(TimeSpan.FromMinutes(15));
        }

        Assert.Equal(ConversationPhase.Draining, await LookAsync());
    }

    [Fact]
    public async Task A_checkpoint_is_written_while_a_conversation_lives()
    {
        await _directory.OpenAsync(Stream, cancellationToken: Cancel);
        for (var i = 1; i <= 30; i++) await SayAsync(i, "and so on");
        var seq = (await _log.FindAsync(Stream, Cancel))!.Seq;
        var checkpoint = await _log.LoadCheckpointAsync(Stream, Cancel);
        Assert.NotNull(checkpoint);
        Assert.InRange(checkpoint.Seq, seq - 10, seq);
        Assert.Equal(1, _directory.Count);
        Assert.True((await ConversationReplay.VerifyAsync(_log, Stream, cancellationToken: Cancel)).IsVerified);
    }

    private Task<ConversationPhase> LookAsync() => _directory.ReadAsync(Stream, state => state.Phase, Cancel);

    private Task<Receipt?> SayAsync(int sequence, string text) =>
        _directory.SayAsync(Stream, new ChunkDelivery(sequence, new StreamChunk(sequence, sequence + 0.5, text, "ana")), Cancel);

    private async Task SweepAfterAsync(TimeSpan pause)
    {
        _time.Advance(pause);
        await _directory.Sweeping;
    }
}
