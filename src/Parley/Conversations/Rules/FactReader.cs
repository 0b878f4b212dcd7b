using Parley.Conversations.Rules.Version1;
using Parley.Log;
using Parley.Protocol;

namespace Parley.Conversations.Rules;

/// <summary>
/// Reads the facts of one conversation in order and completes each: from the input that it follows, or, in logs of the first version, from the
/// facts before it. Stored bytes are never written again.
/// </summary>
internal sealed class FactReader
{
    private IReadOnlyList<ClosedSegment> _closes = [];

    /// <summary>Takes the fact of a record into the state, and returns it.</summary>
    /// <param name="record">The record.</param>
    /// <param name="state">The state before it; after it when this returns.</param>
    /// <exception cref="StreamUnreadableException">The record is damaged, or contradicts those before it.</exception>
    public Fact Take(LogRecord record, ConversationState state)
    {
        var fact = Read(record, state);
        Apply(record, fact, state);
        return fact;
    }

    /// <summary>Takes a fact into the state.</summary>
    /// <exception cref="StreamUnreadableException">The fact contradicts those before it.</exception>
    public static void Apply(LogRecord record, Fact fact, ConversationState state)
    {
        try
        {
            Conversation.Apply(state, fact);
        }
        catch (Exception problem) when (FactRecords.Unreadable(state.StreamId, record, problem) is { } unreadable)
        {
            throw unreadable;
        }
    }

    /// <summary>Returns the fact of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="state">The state before it.</param>
    /// <exception cref="StreamUnreadableException">The record is damaged, or contradicts those before it.</exception>
    public Fact Read(LogRecord record, ConversationState state)
    {
        try
        {
            return Complete(record, state);
        }
        catch (Exception problem) when (FactRecords.Unreadable(state.StreamId, record, problem) is { } unreadable)
        {
            throw unreadable;
        }
    }

    private Fact Complete(LogRecord record, ConversationState state)
    {
        var fact = FactRecords.ToFact(record);
        if (state.Rules.Number == OldFacts.Version) return OldFacts.Complete(state, fact);
        switch (fact)
        {
            case ChunkAccepted chunk:
                _closes = chunk.Closes ?? [];
                break;
            case LaneClosed lane:
                _closes = lane.Closes ?? [];
                break;
            case EndRequested end:
                _closes = end.Closes ?? [];
                break;
            case VisibleFact { Payload: FinalizedPayload } final:
                return final with { Closing = _closes.FirstOrDefault(closed => closed.SegmentId == final.SegmentId) };
        }

        return fact;
    }
}
