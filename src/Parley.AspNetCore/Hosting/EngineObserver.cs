using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Work;

namespace Parley.AspNetCore.Hosting;

/// <summary>Lets work, its progress and the log's watch see what happens.</summary>
internal sealed class EngineObserver(ConversationWork work, ProgressFeed progress, LogWatch watch) : IConversationObserver
{
    public void Opened(LiveConversation conversation, ConversationState state) => work.Opened(conversation, state);

    public void Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts)
    {
        watch.Took();
        work.Happened(conversation, state, facts);
        progress.Happened(state.StreamId, facts);
    }

    public void Failed(LiveConversation conversation, Exception problem) => watch.Failed(problem);

    public void Erased(string streamId) => work.Erased(streamId);
}
