using System.Collections.Concurrent;
using System.Collections.Immutable;
using Parley.Log;

namespace Parley.Conversations.Running;

/// <summary>
/// The conversations of which something cannot be read. They take nothing: what is added could not be read either. Safe for any number of
/// callers.
/// </summary>
internal sealed class UnreadableConversations(ConversationObservers observers)
{
    private readonly ConcurrentDictionary<string, string> _problems = new(StringComparer.Ordinal);

    /// <summary>Gets what is wrong with each, by name.</summary>
    public IReadOnlyDictionary<string, string> All => _problems.IsEmpty ? ImmutableDictionary<string, string>.Empty : _problems;

    /// <summary>Marks a conversation, and tells the observers the first time.</summary>
    public void Mark(StreamUnreadableException problem)
    {
        if (_problems.TryAdd(problem.Stream, problem.Message)) observers.Unreadable(problem.Stream, problem.Message);
    }

    /// <summary>Takes the mark from a conversation.</summary>
    public void Forget(string streamId)
    {
        if (_problems.TryRemove(streamId, out _)) observers.Unreadable(streamId, null);
    }

    /// <exception cref="StreamUnreadableException">The conversation is marked.</exception>
    public void ThrowIfMarked(string streamId)
    {
        if (!_problems.IsEmpty && _problems.TryGetValue(streamId, out var problem)) throw new StreamUnreadableException(streamId, problem);
    }
}
