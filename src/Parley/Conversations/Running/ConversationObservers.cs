using Parley.Conversations.Rules;
using Parley.Streaming;

namespace Parley.Conversations.Running;

/// <summary>
/// The observers of a directory. Each event goes to all of them, one after the other, in the order in which they were added.
/// </summary>
internal sealed class ConversationObservers
{
    private readonly Lock _lock = new();
    private IConversationObserver[] _all = [];
    private bool _isClosed;

    /// <exception cref="InvalidOperationException">A conversation was opened before.</exception>
    public void Add(IConversationObserver observer)
    {
        lock (_lock)
        {
            if (_isClosed) throw new InvalidOperationException("Add observers before the first conversation is opened.");
            _all = [.. _all, observer];
        }
    }

    /// <summary>Takes no more observers.</summary>
    public void Close()
    {
        lock (_lock) _isClosed = true;
    }

    public void Opened(LiveConversation conversation, ConversationState state)
    {
        foreach (var observer in _all) observer.Opened(conversation, state);
    }

    public void Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts)
    {
        foreach (var observer in _all) observer.Happened(conversation, state, facts);
    }

    public void Overheard(LiveConversation conversation, IEnumerable<StreamChunk> tails)
    {
        foreach (var observer in _all) observer.Overheard(conversation, tails);
    }

    public void Failed(LiveConversation conversation, Exception problem)
    {
        foreach (var observer in _all) observer.Failed(conversation, problem);
    }

    public void Unreadable(string streamId, string? problem)
    {
        foreach (var observer in _all) observer.Unreadable(streamId, problem);
    }

    public void Erased(string streamId)
    {
        foreach (var observer in _all) observer.Erased(streamId);
    }
}
