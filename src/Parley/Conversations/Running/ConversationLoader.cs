using Parley.Conversations.Rules;
using Parley.Log;

namespace Parley.Conversations.Running;

/// <summary>Brings a conversation back from its log: the last checkpoint, and what came after it.</summary>
internal static class ConversationLoader
{
    /// <summary>
    /// The state, the number of its last fact, and that of the last fact in the checkpoint that it was made from: 0 where there was none of use. A new
    /// state and 0 where there is no conversation of that name.
    /// </summary>
    public static async Task<(ConversationState State, long Seq, long Checkpoint)> LoadAsync(
        IEventLog log, string streamId, ConversationRules? rules = null, CancellationToken cancellationToken = default)
    {
        var checkpoint = await log.LoadCheckpointAsync(streamId, cancellationToken);
        var state = checkpoint is null ? null : ConversationState.FromCheckpoint(streamId, checkpoint, rules?.TokenCounter);
        var from = state is null ? 0 : checkpoint!.Seq;
        var seq = from;
        state ??= new ConversationState(streamId, rules?.TokenCounter);
        var reader = new FactReader();
        await foreach (var record in log.ReadAsync(streamId, seq, cancellationToken))
        {
            reader.Take(record, state);
            seq = record.Seq;
        }

        return (state, seq, from);
    }
}
