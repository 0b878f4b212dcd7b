using Parley.Log;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Conversations.Rules;

/// <summary>
/// The rules of a conversation. <see cref="Decide"/> says what follows from an input and changes nothing; <see cref="Apply"/> copies facts into the
/// state and holds no rule. Neither reads a clock: the same inputs give the same facts, bit for bit.
/// </summary>
public static partial class Conversation
{
    /// <summary>Returns what follows from an input.</summary>
    /// <param name="state">The conversation. It is not changed.</param>
    /// <param name="input">The input.</param>
    /// <param name="rules">The replaceable parts of the rules; null for <see cref="ConversationRules.Default"/>.</param>
    public static Decision Decide(ConversationState state, ConversationInput input, ConversationRules? rules = null)
    {
        rules ??= ConversationRules.Default;
        if (state.UnknownKind is { } kind) return new([], ReadOnly(kind));
        if (state.Settings is null && input is not Open) return new([], NotBegun);
        var decision = DecideInput(state, input, rules);
        if (decision.Facts.Count == 0 || state.Settings is null || state.Rules == rules.Version) return decision;
        return decision with { Facts = [new RulesChanged(rules.Version.Number, rules.Version.Hash), .. decision.Facts] };
    }

    private static Decision DecideInput(ConversationState state, ConversationInput input, ConversationRules rules) => input switch
    {
        Open open => DecideOpen(state, open, rules),
        HearChunk hear => DecideChunk(state, hear, rules),
        ConnectSource connect => DecideSource(state, connect),
        CloseLane close => DecideLane(state, close, rules),
        End end => DecideEnd(state, end, rules),
        Settle => DecideSettle(state),
        ReportWork report => DecideWork(state, report),
        AddSummary add => SummaryRules.Decide(state, add.Summary),
        ReportSummary report => SummaryRules.Decide(state, report.Failure),
        NoteAnomaly note => state.TakesInput ? new([new VisibleFact(note.Anomaly, SegmentId: null, note.Start, note.End)]) : new([], Ended),
        NameSpeaker name => Bounds.RefuseRevision(state, name.Revision) is { } refusal ? new([], refusal) : new([new VisibleFact(name.Revision)]),
        _ => throw new ArgumentOutOfRangeException(nameof(input), input.GetType().Name, "This kind of input is unknown."),
    };

    private static Decision DecideOpen(ConversationState state, Open open, ConversationRules rules)
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

        var version = rules.Version;
        return new(
        [
            new Opened(open.Settings, version.Number, open.Owner) { RulesHash = version.Hash },
            new VisibleFact(new SessionStartedPayload(StreamKey.IdOf(state.StreamId)) { Rules = version.ToString() }),
        ]);
    }

    private static Decision DecideChunk(ConversationState state, HearChunk hear, ConversationRules rules)
    {
        // The intake has seen to it that the message of a part came in order and once; one message may give several parts.
        if (hear.Part is not null) return state.TakesInput ? DecideText(state, hear, rules) : new([], Ended);
        var expected = state.ExpectedSequence(hear.Source);
        if (hear.Sequence < expected) return Decision.Repeat;
        if (!state.TakesInput) return new([], Ended);
        if (hear.Sequence > expected)
            return new([], Gap(hear.Sequence, expected));

        return DecideText(state, hear, rules);
    }

    private static Decision DecideSource(ConversationState state, ConnectSource connect)
    {
        if (!state.TakesInput) return new([], Ended);
        return Bounds.RefuseSource(state, connect.Connection.Source) is { } refusal ? new([], refusal) : new([connect.Connection]);
    }

    private static Decision DecideText(ConversationState state, HearChunk hear, ConversationRules rules)
    {
        var (chunk, part) = (hear.Chunk, hear.Part);
        if ((Bounds.RefuseSource(state, hear.Source) ?? Bounds.RefuseSpeaker(state, chunk.SpeakerId)) is { } refusal) return new([], refusal);
        List<StreamSegment>? closing = null;
        ChunkPlacement placement;
        try
        {
            placement = SegmentRules.Place(state.Lanes, chunk, rules.Segmentation?.Invoke(state.SegmentConfig) ?? state.SegmentConfig, ref closing);
        }
        catch (ChunkRefusedException refused)
        {
            return Decision.Refuse(ErrorCodes.InvalidChunk, refused.Message);
        }

        var number = part is null ? hear.Sequence : state.LastChunk(hear.Source) + 1;
        var segmentId = placement.Opens ? SegmentId.From(state.Lanes.Next) : state.Lanes.IdAt(placement.Lane);
        var follows = Close(state, closing, rules);
        var fact = new ChunkAccepted(hear.Source, number, chunk.Start, chunk.End, chunk.Text, chunk.SpeakerId, segmentId)
        {
            Message = part is null ? null : hear.Sequence,
            Key = part?.Key,
            Reason = part?.Reason,
            Trace = part?.Trace,
            Details = chunk.Details,
            Origin = part?.Origin,
            Opens = placement.Opens,
            SegmentStart = placement is { Opens: true, IsClamped: true } ? placement.Start : null,
            Continues = placement.Continues == SegmentBody.None ? null : SegmentId.From(placement.Continues),
            Clamped = placement.IsClamped,
            Late = placement.IsLate,
            Closes = follows?.Closes,
        };
        return new(follows is null ? [fact] : [fact, .. follows.Facts]);
    }

    private static Decision DecideLane(ConversationState state, CloseLane close, ConversationRules rules)
    {
        // The timer may fire after the lane it watched has closed.
        if (!state.TakesInput || state.OpenSegmentOf(close.SpeakerId) is not { } lane) return Decision.Repeat;
        var follows = Close(state, [lane], rules)!;
        return new([new LaneClosed(close.SpeakerId, close.Reason) { Probability = close.Probability, Closes = follows.Closes }, .. follows.Facts]);
    }

    private static Decision DecideEnd(ConversationState state, End end, ConversationRules rules)
    {
        if (!state.TakesInput) return Decision.Repeat;
        var follows = Close(state, [.. state.OpenSegments], rules) ?? new ClosingRules(state.Settings!, rules, state.Memory);
        follows.End();
        return new([new EndRequested(end.Reason) { Closes = follows.Closes.Count == 0 ? null : follows.Closes }, .. follows.Facts]);
    }

    private static ClosingRules? Close(ConversationState state, List<StreamSegment>? closing, ConversationRules rules)
    {
        if (closing is not { Count: > 0 }) return null;
        var follows = new ClosingRules(state.Settings!, rules, state.Memory);
        foreach (var segment in closing) follows.Close(segment);
        return follows;
    }

    private static Decision DecideSettle(ConversationState state) =>
        state.Phase == ConversationPhase.Draining
            ? new([new Settled(), new VisibleFact(new SessionEndedPayload(state.ToStats()))])
            : Decision.Repeat;

    private static Decision DecideWork(ConversationState state, ReportWork report)
    {
        // Work is delivered at least once and applied once: a second outcome for the same segment changes nothing, unless the first was
        // a failure and this one is an answer, or a failure for another reason or with other calls.
        var isOpen = state.Pending.ContainsKey(report.SegmentId);
        if (state.Unanswered.TryGetValue(report.SegmentId, out var before))
        {
            isOpen |= report.Outcome is WorkflowResultPayload
                || (report.Outcome is WorkflowFailedPayload failed && !before.IsOf(failed));
        }

        return isOpen ? new([new VisibleFact(report.Outcome, report.SegmentId)]) : Decision.Repeat;
    }

    /// <summary>Returns why the conversation takes no chunk, whatever it is; null if it takes chunks.</summary>
    internal static Refusal? RefuseAny(ConversationState state) => state switch
    {
        { UnknownKind: { } kind } => ReadOnly(kind),
        { Settings: null } => NotBegun,
        { TakesInput: false } => Ended,
        _ => null,
    };

    private static Refusal NotBegun { get; } = new(ErrorCodes.StreamNotFound, "There is no such conversation: it has not begun.");

    private static Refusal Ended { get; } = new(ErrorCodes.StreamEnded, "The conversation has ended and takes no more input.");

    private static Refusal ReadOnly(string kind) => new(
        ErrorCodes.StreamReadOnly,
        $"The conversation holds facts of the kind {kind}, which this version does not know. "
        + "It can be read, but takes nothing more here: use a newer version.");

    internal static Refusal Conflict(string source, long sequence, long expected) => new(
        ErrorCodes.SequenceConflict,
        $"Message {sequence} of source '{source}' came before with other content; {expected} is expected next. "
        + $"Continue at {expected}, or send under another source.",
        expected);

    internal static Refusal Gap(long sequence, long expected) =>
        new(ErrorCodes.SequenceGap, $"Chunk {sequence} is ahead of {expected}, which has not come.", expected);
}
