using Parley.Protocol;

namespace Parley.Conversations.Rules;

public static partial class Conversation
{
    /// <summary>Takes a fact into the state: copies what it says, counts, and joins texts. It decides nothing that a viewer could see.</summary>
    /// <param name="state">The conversation.</param>
    /// <param name="fact">The fact, whole: as <see cref="Decide"/> or <see cref="FactReader"/> gives it.</param>
    /// <exception cref="ContradictionException">The fact cannot follow those before it.</exception>
    public static void Apply(ConversationState state, Fact fact)
    {
        switch (fact)
        {
            case Opened opened:
                state.Begin(opened);
                break;
            case RulesChanged changed:
                state.Rules = new(changed.Rules, changed.RulesHash);
                break;
            case ChunkAccepted chunk:
                state.Count(chunk);
                state.Place(chunk);
                break;
            case SourceConnected connected:
                state.Connect(connected);
                break;
            case LaneClosed:
                state.ClosedAt = null;
                break;
            case EndRequested end:
                state.ClosedAt = null;
                state.Drain(end.Reason);
                break;
            case SummaryDue due:
                state.Summaries = state.Summaries.After(due, state.EventId);
                state.Remember(due);
                break;
            case VisibleFact told:
                state.EventId++;
                Tell(state, told);
                break;
            case UnknownFact unknown:
                state.UnknownKind = unknown.Kind;
                break;
            case Settled:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fact), fact.GetType().Name, "No state follows from this kind of fact.");
        }
    }

    private static void Tell(ConversationState state, VisibleFact told)
    {
        switch (told.Payload)
        {
            case FinalizedPayload:
                state.Close(told);
                state.Remember(told);
                break;
            case SpeakerTurnPayload:
                state.Remember(told);
                break;
            case WorkflowRoutedPayload routed:
                state.Route(SegmentOf(told), routed);
                break;
            case WorkflowResultPayload result:
                state.Used(result.Usage, result.Used);
                state.Answer(SegmentOf(told));
                break;
            case WorkflowFailedPayload failed:
                state.Used(failed.Usage, failed.Used);
                state.LeaveUnanswered(
                    SegmentOf(told), new(UnansweredKind.Failed, failed.Reason) { Usage = failed.Usage, Used = failed.Used });
                break;
            case WorkflowDroppedPayload dropped:
                var kind = dropped.Reason == WorkflowDroppedPayload.Joined ? UnansweredKind.Joined : UnansweredKind.Dropped;
                state.LeaveUnanswered(SegmentOf(told), new(kind, dropped.Reason));
                break;
            case SummaryPayload summary:
                state.Used(summary.Usage, summary.Used);
                state.Summaries = state.Summaries.After(summary, state.EventId);
                break;
            case SummaryFailedPayload failure:
                state.Used(failure.Usage, failure.Used);
                state.Summaries = state.Summaries.After(failure);
                break;
            case SpeakerRevisionPayload { SegmentIds.Count: 0 } revision:
                state.Names.Add(revision.From, revision.To);
                break;
            case SessionEndedPayload:
                state.Phase = ConversationPhase.Ended;
                break;
            case SessionStartedPayload or SemanticUpdatePayload or SpeakerRevisionPayload or AnomalyPayload:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(told), told.Payload.Type, "No state follows from this kind of payload.");
        }
    }

    private static string SegmentOf(VisibleFact told) =>
        told.SegmentId ?? throw new ContradictionException($"A fact of the kind {told.Payload.Type} names no segment.");
}
