using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Tests.OldLogs;

namespace Parley.Tests.Conversations;

/// <summary>A checkpoint is a cache: a damaged one is noticed, and the state comes from the facts.</summary>
public sealed class CheckpointTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_checkpoint_with_any_byte_changed_or_missing_is_not_believed()
    {
        var old = OldLog.Read("killed-in-the-middle");
        await using var log = await old.ToMemoryAsync(withCheckpoint: false);
        var (state, seq, _) = await ConversationLoader.LoadAsync(log, old.Stream, cancellationToken: Cancel);
        var whole = state.ToCheckpoint(seq);
        Assert.NotNull(ConversationState.FromCheckpoint(old.Stream, whole));
        for (var i = 0; i < whole.State.Length; i++)
        {
            var changed = whole.State.ToArray();
            changed[i] ^= 1;
            Assert.Null(ConversationState.FromCheckpoint(old.Stream, whole with { State = changed }));
            Assert.Null(ConversationState.FromCheckpoint(old.Stream, whole with { State = whole.State[..i] }));
        }
    }

    [Fact]
    public void A_checkpoint_of_newer_rules_is_not_believed()
    {
        var state = new ConversationState("str-1");
        Conversation.Apply(state, new Opened(new ConversationSettings(), ConversationRules.Number + 1));
        Assert.Null(ConversationState.FromCheckpoint("str-1", state.ToCheckpoint(1)));
    }

    [Fact]
    public async Task A_conversation_with_a_damaged_checkpoint_is_read_from_its_facts()
    {
        var old = OldLog.Read("killed-in-the-middle");
        await using var log = await old.ToMemoryAsync(withCheckpoint: false);
        var (state, seq, _) = await ConversationLoader.LoadAsync(log, old.Stream, cancellationToken: Cancel);
        var damaged = state.ToCheckpoint(seq);
        var bytes = damaged.State.ToArray();
        bytes[^2] ^= 1;
        var (epoch, _) = await log.AcquireAsync(old.Stream, Cancel);
        await log.SaveCheckpointAsync(old.Stream, epoch, damaged with { State = bytes }, Cancel);

        var (again, last, checkpoint) = await ConversationLoader.LoadAsync(log, old.Stream, cancellationToken: Cancel);
        Assert.Equal(0, checkpoint);
        Assert.Equal(OldLogState.Describe(state, seq), OldLogState.Describe(again, last));
    }
}
