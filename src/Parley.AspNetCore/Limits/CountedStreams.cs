using Parley.Conversations.Rules;
using Parley.Conversations.Running;

namespace Parley.AspNetCore.Limits;

/// <summary>Tells the limits which streams are open.</summary>
internal sealed class CountedStreams(StreamLimits limits) : IConversationObserver
{
    public void Opened(LiveConversation conversation, ConversationState state)
    {
        // A new one has its place already, from before it was begun.
        if (state.Settings is not null && state.TakesInput) limits.Found(state.Owner, state.StreamId);
    }

    public void Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts)
    {
        if (!state.TakesInput) limits.Closed(state.StreamId);
    }
}
