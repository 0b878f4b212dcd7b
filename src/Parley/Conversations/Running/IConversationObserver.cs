using Parley.Conversations.Rules;
using Parley.Streaming;

namespace Parley.Conversations.Running;

/// <summary>Sees what happens in conversations: for work, summaries and figures.</summary>
/// <remarks>Called on the conversation's loop, in order. Return quickly, do not hold on to the state, and post what follows from elsewhere.</remarks>
public interface IConversationObserver
{
    /// <summary>A conversation was opened, new or from the log, with its open work in the state. It takes no input yet.</summary>
    void Opened(LiveConversation conversation, ConversationState state);

    /// <summary>Facts are in the log, and in the state.</summary>
    void Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts);

    /// <summary>
    /// What somebody is saying and may still change is different now. Not a fact; told before those that came with it. By default nothing is made of it.
    /// </summary>
    /// <param name="conversation">Where it is said.</param>
    /// <param name="tails">All that a speaker has said that is in no segment yet; an empty text for nothing. Made when it is read, only during the call.</param>
    void Overheard(LiveConversation conversation, IEnumerable<StreamChunk> tails)
    {
    }

    /// <summary>A conversation has failed, mostly because the log took nothing, and takes nothing more until it is brought back. By default nothing is made of it.</summary>
    void Failed(LiveConversation conversation, Exception problem)
    {
    }

    /// <summary>A conversation was erased. Called where that was asked for: its loop is gone. By default nothing is made of it.</summary>
    void Erased(string streamId)
    {
    }
}
