using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Streaming;

namespace Parley.Tests.Support;

/// <summary>An observer that lets a test wait for what a conversation comes to know. What it sees goes on to another observer.</summary>
internal sealed class StateObserver(IConversationObserver next) : IConversationObserver
{
    private readonly Lock _lock = new();
    private readonly List<(string StreamId, Func<ConversationState, bool> Reached, TaskCompletionSource Told)> _awaited = [];

    /// <summary>Waits until a conversation's state is as a test wants it.</summary>
    public async Task UntilAsync(
        ConversationDirectory directory, string streamId, Func<ConversationState, bool> reached, CancellationToken cancellationToken)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock) _awaited.Add((streamId, reached, told));
        // It may be so already; and one that is not in memory is brought back.
        if (!await directory.ReadAsync(streamId, reached, cancellationToken)) await told.Task.WaitAsync(cancellationToken);
    }

    public void Opened(LiveConversation conversation, ConversationState state)
    {
        next.Opened(conversation, state);
        Look(state);
    }

    public void Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts)
    {
        next.Happened(conversation, state, facts);
        Look(state);
    }

    public void Overheard(LiveConversation conversation, IEnumerable<StreamChunk> tails) => next.Overheard(conversation, tails);

    public void Failed(LiveConversation conversation, Exception problem) => next.Failed(conversation, problem);

    public void Erased(string streamId) => next.Erased(streamId);

    private void Look(ConversationState state)
    {
        lock (_lock)
        {
            var reached = _awaited.Where(awaited => awaited.StreamId == state.StreamId && awaited.Reached(state)).ToList();
            foreach (var awaited in reached) awaited.Told.TrySetResult();
            _awaited.RemoveAll(reached.Contains);
        }
    }
}
