using Parley.Conversations.Rules;

namespace Parley.Conversations.Running;

/// <summary>Looks away.</summary>
internal sealed class NoObserver : IConversationObserver
{
    public void Opened(LiveConversation conversation, ConversationState state)
    {
    }

    public void Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts)
    {
    }
}
