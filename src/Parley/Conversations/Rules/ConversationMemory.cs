using System.Collections.Immutable;
using Parley.Context;
using Parley.Languages;
using Parley.Protocol;
using Parley.Semantics;
using Parley.Semantics.Outcomes;
using Parley.Streaming;
using Parley.Turns;

namespace Parley.Conversations.Rules;

/// <summary>
/// What the rules need to know of final segments. It does not change: <see cref="After(Fact)"/> returns the next one, so that a decision may go on from it
/// while the state stays as it is. It copies what facts say, and decides nothing.
/// </summary>
internal sealed record ConversationMemory
{
    // What continues another is read joined with the end of it, so that a chain of interruptions does not grow without bound.
    private const int MaxJoined = 1_000;

    private readonly ContextWindow _window;

    public ConversationMemory(ContextWindow window) => _window = window;

    /// <summary>Gets the open turns; the first has the floor.</summary>
    public ImmutableArray<OpenTurn> Turns { get; init; } = [];

    /// <summary>Gets the number of turns that have ended.</summary>
    public int EndedTurns { get; init; }

    /// <summary>Gets the segments of the context window.</summary>
    public IReadOnlyList<AnnotatedSegment> Window => _window.Segments;

    /// <summary>Gets what the latest segments say together with what they continue.</summary>
    public JoinedTexts Joined { get; init; } = new([]);

    /// <summary>Gets the latest final segment; null before the first.</summary>
    public AnnotatedSegment? Last { get; init; }

    /// <summary>Gets what the rules for decisions and action items know of the segments before.</summary>
    public OutcomeHistory Outcomes { get; init; } = OutcomeHistory.Empty;

    /// <summary>Gets whether the recogniser sets punctuation, as far as was heard.</summary>
    public bool Punctuates { get; init; }

    /// <summary>Gets the code of the language that is spoken, such as <c>de</c>; null where it is not known.</summary>
    public string? Language { get; init; }

    /// <summary>Gets what the first segments say about the language; nothing once it is known.</summary>
    public LanguageEvidence Evidence { get; init; } = LanguageEvidence.None;

    /// <summary>Gets the number of final segments that no summary was due for yet.</summary>
    public int WaitingForSummary { get; init; }

    /// <summary>Gets from where no summary was due for the conversation, in seconds of audio time; null before the first segment.</summary>
    public double? SummarisedSince { get; init; }

    /// <summary>Returns the memory once a fact is in.</summary>
    public ConversationMemory After(Fact fact) => fact switch
    {
        VisibleFact { Payload: FinalizedPayload final, SegmentId: { } segmentId, Closing: { } closing } => After(final, segmentId, closing),
        VisibleFact { Payload: SpeakerTurnPayload ended } => this with
        {
            Turns = Turns.RemoveAll(turn => ended.Turn.SegmentIds.Contains(turn.SegmentIds[0])),
            EndedTurns = EndedTurns + 1,
        },
        SummaryDue => this with { WaitingForSummary = 0, SummarisedSince = Last?.End },
        _ => this,
    };

    /// <summary>Returns the number of segments in the window.</summary>
    public int CountWindow() => _window.Count;

    private ConversationMemory After(FinalizedPayload final, string segmentId, ClosedSegment closing)
    {
        var said = final.Segment;
        var segment = final.ToAnnotatedSegment();
        var turn = OpenTurn.Of(said.Start, said.End, said.Text, said.SpeakerId, segmentId);
        var window = _window.Fork();
        window.Add(segment);
        var language = Language ?? final.StreamLanguage;
        var continued = said.Continues is { } id ? Joined[id] : null;
        return new ConversationMemory(window)
        {
            Turns = closing.Turn < Turns.Length ? Turns.SetItem(closing.Turn, Turns[closing.Turn].Add(turn)) : Turns.Add(turn),
            EndedTurns = EndedTurns,
            Joined = Joined.Add(segmentId, continued is null ? said.Text : Tail(TextJoin.Script.Join([continued, said.Text]))),
            Last = segment,
            Outcomes = Outcomes.After(new SaidSegment(segmentId, said.SpeakerId, said.Text), segment.Outcomes),
            Punctuates = Punctuates || closing.Punctuates,
            Language = language,
            Evidence = language is null ? Evidence.Add(said.Text, said.Details?.Language) : LanguageEvidence.None,
            WaitingForSummary = WaitingForSummary + 1,
            SummarisedSince = SummarisedSince ?? said.Start,
        };
    }

    private static string Tail(string text)
    {
        if (text.Length <= MaxJoined) return text;
        var start = text.Length - MaxJoined;
        return text[(char.IsLowSurrogate(text[start]) ? start + 1 : start)..];
    }
}
