using Parley.Languages;
using Parley.Protocol;
using Parley.Routing;
using Parley.Semantics;
using Parley.Semantics.Outcomes;
using Parley.Streaming;
using Parley.Turns;

namespace Parley.Conversations.Rules;

/// <summary>The rules for what follows when segments close: what they mean, where their work goes, which turns end and which summary is due.</summary>
/// <param name="settings">The conversation's settings.</param>
/// <param name="rules">The replaceable parts.</param>
/// <param name="memory">What is known of the segments before.</param>
internal sealed class ClosingRules(ConversationSettings settings, ConversationRules rules, ConversationMemory memory)
{
    private readonly TurnConfig _turns = settings.ToTurnConfig();
    private readonly List<ClosedSegment> _closes = [];
    private ConversationMemory _memory = memory;

    /// <summary>Gets what follows, in order.</summary>
    public List<Fact> Facts { get; } = [];

    /// <summary>Gets what the input that closes the segments has to say about them.</summary>
    public IReadOnlyList<ClosedSegment> Closes => _closes;

    /// <summary>A segment closes.</summary>
    public void Close(StreamSegment final)
    {
        var continued = final.Continues is { } id ? _memory.Joined[id] : null;
        var history = new IntentHistory(_memory.Last?.Text, _memory.Last?.SpeakerId, _memory.Punctuates);
        var found = _memory.Language is null ? FindLanguage(final) : null;
        var isForeign = IsForeign(_memory.Language ?? found);
        var read = rules.Annotator.Annotate(final, history.Before(final.SpeakerId, continued) with { IsForeign = isForeign });
        var said = new SaidSegment(final.SegmentId!, final.SpeakerId, final.Text);
        var outcomes = isForeign ? [] : FindOutcomes(said, continued);
        var annotated = rules.Annotator.With(read, said.SegmentId, outcomes);
        var turn = OpenTurn.Of(final.Start, final.End, final.Text, final.SpeakerId, final.SegmentId);
        var (place, endsOthers) = TurnRules.Place(_memory.Turns, turn, _turns);
        var closing = new ClosedSegment(final.SegmentId!, place)
        {
            Punctuates = !_memory.Punctuates && history.After(final.Text, final.SpeakerId).Punctuated,
        };
        _closes.Add(closing);

        var isDue = (settings.NewSchedule() with { Waiting = _memory.WaitingForSummary, Since = _memory.SummarisedSince }).IsDue(final.Start, final.End);
        var told = Finalized(final, annotated) with { StreamLanguage = found };
        Add(new VisibleFact(told, closing.SegmentId, final.Start, final.End) { Closing = closing });
        var workflow = rules.Routing[annotated.Intent];
        Add(new VisibleFact(
            new WorkflowRoutedPayload(workflow.ToName(), annotated.Intent, continued is null ? null : final.Continues)
            {
                Extracts = isForeign && settings.ExtractsGeneral && workflow == Workflow.General,
            },
            closing.SegmentId, final.Start, final.End));
        if (endsOthers) EndTurns(except: place);
        if (isDue) Add(new SummaryDue(SummaryKinds.Incremental));
    }

    /// <summary>The conversation ends.</summary>
    public void End()
    {
        EndTurns(except: -1);
        Add(new SummaryDue(SummaryKinds.Final));
    }

    private IReadOnlyList<Outcome> FindOutcomes(SaidSegment said, string? continued)
    {
        return said.SpeakerId is null ? UnnamedSpeaker.Mark(Find(said), name => Find(said with { SpeakerId = name })) : Find(said);

        IReadOnlyList<Outcome> Find(SaidSegment segment) => rules.Annotator.FindOutcomes(segment, _memory.Outcomes, continued);
    }

    private void EndTurns(int except)
    {
        var turns = _memory.Turns;
        for (var i = 0; i < turns.Length; i++)
        {
            if (i != except) EndTurn(turns[i].Close(_memory.EndedTurns, _turns), turns[i].Speaker);
        }
    }

    private void EndTurn(Turn turn, string? speaker)
    {
        Add(new VisibleFact(
            new SpeakerTurnPayload(new TurnView(turn.Id, turn.Start, turn.End, turn.StreamSegmentIds, speaker, turn.Text)), null, turn.Start, turn.End));
        var segment = new StreamSegment(turn.Start, turn.End, turn.Text, speaker);
        var meaning = rules.Annotator.Annotate(segment, new IntentContext { IsForeign = IsForeign(_memory.Language) });
        Add(new VisibleFact(
            new SemanticUpdatePayload(
                turn.Id, meaning.Keywords, meaning.RiskTags, Actions(meaning), turn.Metadata?.QuestionCount ?? 0, _memory.CountWindow()),
            null, turn.Start, turn.End));
    }

    private void Add(Fact fact)
    {
        Facts.Add(fact);
        _memory = _memory.After(fact);
    }

    // Until it is known, a conversation is read as English, and what was read so far stands.
    private string? FindLanguage(StreamSegment final)
    {
        if (LanguageTag.PrimaryOf(settings.Language) is { } set) return rules.Languages.CodeOf(set);
        if (_memory.Evidence.IsFull) return null;
        return _memory.Evidence.Add(final.Text, final.Details?.Language).Decide(rules.Languages);
    }

    private static bool IsForeign(string? language) => language is not null && language != LanguageTable.English.Code;

    private static FinalizedPayload Finalized(StreamSegment final, AnnotatedSegment meaning) => new(
        new SegmentText(final.Start, final.End, final.Text, final.SpeakerId) { Continues = final.Continues, Details = final.Details },
        meaning.ToSemantics(Actions(meaning)));

    private static IReadOnlyList<Protocol.SemanticAction> Actions(AnnotatedSegment segment) =>
        [.. segment.Actions.Select(action => new Protocol.SemanticAction(action.Text, action.SpeakerId))];
}
