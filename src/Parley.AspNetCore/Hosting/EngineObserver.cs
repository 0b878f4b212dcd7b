using Parley.Conversations;
using Parley.Work;

namespace Parley.AspNetCore.Hosting;

/// <summary>Lets work and its progress see what happens.</summary>
internal sealed class EngineObserver(ConversationWork work, ProgressFeed progress) : IConversationObserver
{
    public void Opened(LiveConversation conversation, ConversationState state) => work.Opened(conversation, state);

    public void Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts)
    {
        work.Happened(conversation, state, facts);
        progress.Happened(state.StreamId, facts);
    }

    public void Erased(string streamId) => work.Erased(streamId);
}
