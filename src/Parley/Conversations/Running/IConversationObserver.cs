using Parley.Conversations.Rules;
using Parley.Streaming;

namespace Parley.Conversations.Running;

/// <summary>Sees what happens in conversations: for work, summaries and figures. Every method does nothing by default.</summary>
/// <remarks>
/// Called on the conversation's loop, in order. Return quickly, do not hold on to the state, and post what follows from elsewhere. Add it
/// with <see cref="ConversationDirectory.Observe"/>.
/// </remarks>
public interface IConversationObserver
{
    /// <summary>A conversation was opened, new or from the log, with its open work in the state. It takes no input yet.</summary>
    void Opened(LiveConversation conversation, ConversationState state)
    {
    }

    /// <summary>Facts are in the log, and in the state.</summary>
    void Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts)
    {
    }

    /// <summary>The text of speakers that may still change is different now. This is no fact; the facts that came with it follow.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="tails">
    /// All text of each of these speakers that is in no segment yet; an empty text if there is none. Made when it is read, and only during
    /// the call.
    /// </param>
    void Overheard(LiveConversation conversation, IEnumerable<StreamChunk> tails)
    {
    }

    /// <summary>
    /// A conversation has failed, mostly because the log could not be written. It takes nothing more until it is loaded again.
    /// </summary>
    void Failed(LiveConversation conversation, Exception problem)
    {
    }

    /// <summary>
    /// Something of a conversation cannot be read, so that it takes nothing more; or all of it can be read again. Called from any thread.
    /// </summary>
    /// <param name="streamId">The conversation.</param>
    /// <param name="problem">What cannot be read; null where all can be.</param>
    void Unreadable(string streamId, string? problem)
    {
    }

    /// <summary>A conversation was erased. Called by the one that erases it: its loop is gone.</summary>
    void Erased(string streamId)
    {
    }
}
