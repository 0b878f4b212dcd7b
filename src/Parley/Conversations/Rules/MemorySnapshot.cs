using System.Collections.Immutable;
using Parley.Context;
using Parley.Languages;
using Parley.Protocol;
using Parley.Semantics;
using Parley.Semantics.Outcomes;
using Parley.Turns;

namespace Parley.Conversations.Rules;

/// <summary>What a conversation remembers of final segments, as a checkpoint stores it.</summary>
internal sealed record MemorySnapshot(
    IReadOnlyList<OpenTurn> Turns,
    int EndedTurns,
    IReadOnlyList<FinalizedPayload> Window,
    IReadOnlyList<JoinedText> Joined,
    FinalizedPayload? Last,
    OutcomeHistory Outcomes,
    bool Punctuates,
    int WaitingForSummary,
    double? SummarisedSince,
    string? Language = null,
    LanguageSnapshot? Evidence = null)
{
    public static MemorySnapshot Of(ConversationMemory memory) => new(
        memory.Turns,
        memory.EndedTurns,
        [.. memory.Window.Select(Final)],
        memory.Joined.All,
        memory.Last is { } last ? Final(last) : null,
        memory.Outcomes,
        memory.Punctuates,
        memory.WaitingForSummary,
        memory.SummarisedSince,
        memory.Language,
        memory.Evidence.Segments == 0 ? null : LanguageSnapshot.Of(memory.Evidence));

    public ConversationMemory ToMemory(ContextWindow window)
    {
        foreach (var final in Window) window.Add(final.ToAnnotatedSegment());
        return new ConversationMemory(window)
        {
            Turns = [.. Turns],
            EndedTurns = EndedTurns,
            Joined = new JoinedTexts([.. Joined]),
            Last = Last?.ToAnnotatedSegment(),
            Outcomes = Outcomes,
            Punctuates = Punctuates,
            WaitingForSummary = WaitingForSummary,
            SummarisedSince = SummarisedSince,
            Language = Language,
            Evidence = Evidence?.ToEvidence() ?? LanguageEvidence.None,
        };
    }

    // The JSON of an annotated segment leaves out what only a final's has.
    private static FinalizedPayload Final(AnnotatedSegment segment) => new(
        new SegmentText(segment.Start, segment.End, segment.Text, segment.SpeakerId),
        segment.ToSemantics([]));
}

/// <summary>What the first segments say about the language, as a checkpoint stores it.</summary>
internal sealed record LanguageSnapshot(string Text, IReadOnlyDictionary<string, int> Stated, int Segments)
{
    public static LanguageSnapshot Of(LanguageEvidence evidence) => new(evidence.Text, evidence.Stated, evidence.Segments);

    public LanguageEvidence ToEvidence() => new(Text, Stated.ToImmutableSortedDictionary(StringComparer.Ordinal), Segments);
}
