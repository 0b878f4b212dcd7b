using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Streaming;

namespace Parley.AspNetCore.Limits;

/// <summary>Tells the limits which streams are open, and hands everything on.</summary>
internal sealed class CountedStreams(StreamLimits limits, IConversationObserver next) : IConversationObserver
{
    public void Opened(LiveConversation conversation, ConversationState state)
    {
        // A new one has its place already, from before it was begun.
        if (state.Settings is not null && state.TakesInput) limits.Found(state.Owner, state.StreamId);
        next.Opened(conversation, state);
    }

    public void Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts)
    {
        if (!state.TakesInput) limits.Closed(state.StreamId);
        next.Happened(conversation, state, facts);
    }

    public void Overheard(LiveConversation conversation, IEnumerable<StreamChunk> tails) => next.Overheard(conversation, tails);

    public void Failed(LiveConversation conversation, Exception problem) => next.Failed(conversation, problem);

    public void Erased(string streamId) => next.Erased(streamId);
}
