using Parley.Protocol;

namespace Parley.Conversations.Rules;

public static partial class Conversation
{
    /// <summary>Takes a fact into the state. No rules here: a replay must never branch differently.</summary>
    public static void Apply(ConversationState state, Fact fact)
    {
        switch (fact)
        {
            case Opened opened:
                state.Begin(opened);
                break;
            case ChunkAccepted chunk:
                state.Count(chunk);
                state.Advance(chunk);
                break;
            case SourceConnected connected:
                state.Connect(connected);
                break;
            case LaneClosed closed:
                state.Advance(closed);
                break;
            case EndRequested end:
                state.Drain(end.Reason);
                state.Advance(end);
                break;
            case SummaryDue due:
                state.DueSummary = new(due.Kind, state.SummarisedTo + 1, state.EventId);
                break;
            case Told told:
                state.EventId++;
                Tell(state, told);
                break;
        }
    }

    private static void Tell(ConversationState state, Told told)
    {
        switch (told.Payload)
        {
            case FinalizedPayload:
                state.Segments++;
                break;
            case SpeakerTurnPayload:
                state.Turns++;
                break;
            case WorkflowRoutedPayload:
                state.Route(told.SegmentId!);
                break;
            case WorkflowResultPayload:
                state.WorkDone++;
                state.Answer(told.SegmentId!);
                break;
            case WorkflowFailedPayload:
                state.WorkFailed++;
                state.LeaveUnanswered(told.SegmentId!);
                break;
            case WorkflowDroppedPayload:
                state.WorkDropped++;
                state.LeaveUnanswered(told.SegmentId!);
                break;
            case SummaryPayload summary:
                state.Summarise(summary);
                break;
            case SessionEndedPayload:
                state.Phase = ConversationPhase.Ended;
                break;
        }
    }
}
