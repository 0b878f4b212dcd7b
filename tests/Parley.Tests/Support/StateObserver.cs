using Parley.Conversations.Rules;
using Parley.Conversations.Running;

namespace Parley.Tests.Support;

/// <summary>An observer that lets a test wait for what a conversation comes to know.</summary>
internal sealed class StateObserver : IConversationObserver
{
    private readonly Lock _lock = new();
    private readonly List<(string StreamId, Func<ConversationState, bool> Reached, TaskCompletionSource VisibleFact)> _awaited = [];

    /// <summary>Waits until a conversation's state is as a test wants it.</summary>
    public async Task UntilAsync(
        ConversationDirectory directory, string streamId, Func<ConversationState, bool> reached, CancellationToken cancellationToken)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock) _awaited.Add((streamId, reached, told));
        // It may be so already; and one that is not in memory is brought back.
        if (!await directory.ReadAsync(streamId, reached, cancellationToken)) await told.Task.WaitAsync(cancellationToken);
    }

    public void Opened(LiveConversation conversation, ConversationState state) => Look(state);

    public void Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts) =>
        Look(state);

    private void Look(ConversationState state)
    {
        lock (_lock)
        {
            var reached = _awaited.Where(awaited => awaited.StreamId == state.StreamId && awaited.Reached(state)).ToList();
            foreach (var awaited in reached) awaited.VisibleFact.TrySetResult();
            _awaited.RemoveAll(reached.Contains);
        }
    }
}
