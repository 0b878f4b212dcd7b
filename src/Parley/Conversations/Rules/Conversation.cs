using Parley.Log;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Conversations.Rules;

/// <summary>
/// The rules of a conversation. <see cref="Decide"/> says what follows from an input and changes nothing; <see cref="Apply"/> keeps the books and holds
/// no rule. Neither reads a clock: the same inputs give the same facts, bit for bit.
/// </summary>
public static partial class Conversation
{
    /// <summary>The version of the rules. A conversation recorded under another may read differently today.</summary>
    public const int Rules = 1;

    /// <summary>What follows from an input.</summary>
    public static Decision Decide(ConversationState state, ConversationInput input) => input switch
    {
        Open open => DecideOpen(state, open),
        HearChunk hear => DecideChunk(state, hear),
        ConnectSource connect => DecideSource(state, connect),
        CloseLane close => DecideLane(state, close),
        End end => DecideEnd(state, end),
        Settle => DecideSettle(state),
        ReportWork report => DecideWork(state, report),
        AddSummary add => DecideSummary(state, add),
        NameSpeaker name => Bounds.RefuseRevision(name.Revision) is { } refusal ? new([], refusal) : new([new Told(name.Revision)]),
        _ => throw new ArgumentOutOfRangeException(nameof(input), input.GetType().Name, "No such input."),
    };

    private static Decision DecideOpen(ConversationState state, Open open)
    {
        if (state.Settings is not null) return Decision.Repeat;
        try
        {
            open.Settings.Check();
        }
        catch (ArgumentOutOfRangeException problem)
        {
            return Decision.Refuse(ErrorCodes.InvalidConfig, problem.Message);
        }

        return new([new Opened(open.Settings, Rules, open.Owner), new Told(new SessionStartedPayload(StreamKey.IdOf(state.StreamId)))]);
    }

    private static Decision DecideChunk(ConversationState state, HearChunk hear)
    {
        if (hear.Part is { } part) return DecidePart(state, hear, part);
        var expected = state.ExpectedSequence(hear.Source);
        if (hear.Sequence < expected) return Decision.Repeat;
        if (!state.TakesInput) return new([], Ended);
        if (hear.Sequence > expected)
            return new([], Gap(hear.Sequence, expected));

        return DecideText(state, hear);
    }

    // The intake has seen to it that its message came in order and once; one message may give several chunks.
    private static Decision DecidePart(ConversationState state, HearChunk hear, MessagePart part) => state.TakesInput
        ? DecideText(state, hear, part)
        : new Decision([], Ended);

    private static Decision DecideSource(ConversationState state, ConnectSource connect)
    {
        if (!state.TakesInput) return new([], Ended);
        return Bounds.RefuseSource(state, connect.Connection.Source) is { } refusal ? new([], refusal) : new([connect.Connection]);
    }

    private static Decision DecideText(ConversationState state, HearChunk hear, MessagePart? part = null)
    {
        var chunk = hear.Chunk;
        if ((Bounds.RefuseSource(state, hear.Source) ?? Bounds.RefuseSpeaker(state, chunk.SpeakerId)) is { } refusal) return new([], refusal);
        try
        {
            var listener = state.Listener.Fork();
            var (segmentId, understood) = listener.Hear(chunk);
            var number = part is null ? hear.Sequence : state.LastChunk(hear.Source) + 1;
            var fact = new ChunkAccepted(hear.Source, number, chunk.Start, chunk.End, chunk.Text, chunk.SpeakerId, segmentId);
            if (part is not null) fact = fact with { Message = hear.Sequence, Key = part.Key, Reason = part.Reason, Trace = part.Trace };
            return Follow(fact, listener, understood);
        }
        catch (ChunkRefusedException refused)
        {
            return Decision.Refuse(ErrorCodes.InvalidChunk, refused.Message);
        }
    }

    private static Decision DecideLane(ConversationState state, CloseLane close)
    {
        // The timer may fire after the lane it watched has closed.
        if (!state.TakesInput || state.OpenSegmentOf(close.SpeakerId) is null) return Decision.Repeat;
        var listener = state.Listener.Fork();
        return Follow(new LaneClosed(close.SpeakerId, close.Reason), listener, listener.CloseLane(close.SpeakerId));
    }

    private static Decision DecideEnd(ConversationState state, End end)
    {
        if (!state.TakesInput) return Decision.Repeat;
        var listener = state.Listener.Fork();
        return Follow(new EndRequested(end.Reason), listener, listener.End());
    }

    private static Decision DecideSettle(ConversationState state) =>
        state.Phase == ConversationPhase.Draining
            ? new([new Settled(), new Told(new SessionEndedPayload(state.ToStats()))])
            : Decision.Repeat;

    private static Decision DecideWork(ConversationState state, ReportWork report)
    {
        // Work is delivered at least once and applied once: a second answer for the same segment changes nothing, unless the first was a failure.
        var isOpen = state.Pending.ContainsKey(report.SegmentId) || (state.Unanswered.Contains(report.SegmentId) && report.Outcome is WorkflowResultPayload);
        return isOpen ? new([new Told(report.Outcome, report.SegmentId)]) : Decision.Repeat;
    }

    private static Decision DecideSummary(ConversationState state, AddSummary add) =>
        add.Summary.ToEventId <= state.SummarisedTo && add.Summary.Kind != "final" ? Decision.Repeat : new([new Told(add.Summary)]);

    private static Decision Follow(Fact input, Listener listener, List<Understood> understood) =>
        new([input, .. understood.Select(next => next.Fact)]) { Foresight = new(listener, understood) };

    internal static Refusal Ended { get; } = new(ErrorCodes.StreamEnded, "The conversation has ended and takes no more input.");

    internal static Refusal Gap(long sequence, long expected) =>
        new(ErrorCodes.SequenceGap, $"Chunk {sequence} is ahead of {expected}, which has not come.", expected);
}
