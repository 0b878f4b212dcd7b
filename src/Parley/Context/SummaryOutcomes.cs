using Parley.Languages;
using Parley.Protocol;
using Parley.Semantics;

namespace Parley.Context;

/// <summary>The decisions and action items of a conversation as lines of a summary: the list that every view of it shows.</summary>
internal sealed class SummaryOutcomes
{
    // An offer is quoted once it is accepted, a few segments later.
    private const int QuoteReach = 8;

    private readonly OrderedDictionary<string, (Outcome Outcome, AnnotatedSegment Said)> _all = [];

    public SummaryOutcomes(IEnumerable<AnnotatedSegment> segments)
    {
        var before = new Queue<AnnotatedSegment>();
        foreach (var segment in Utterances.InOrder(segments))
        {
            before.Enqueue(segment);
            if (before.Count > QuoteReach) before.Dequeue();
            foreach (var outcome in segment.Outcomes) Add(outcome, before);
        }
    }

    /// <summary>Gets what is quoted, so that it is not told again as a point.</summary>
    public IEnumerable<Utterance> Quoted => _all.Values.Select(entry => Read(entry.Outcome.Quote, entry.Said));

    /// <summary>Returns the lines of one kind, in the order in which they were said.</summary>
    /// <param name="kind">One of <see cref="OutcomeKinds"/>.</param>
    /// <param name="most">The most lines.</param>
    /// <param name="mostWords">The most words of a line.</param>
    public SummaryPoint[] Points(string kind, int most, int mostWords) =>
        [.. _all.Values.Where(entry => entry.Outcome.Kind == kind).OrderBy(entry => entry.Said.Start).Take(most)
            .Select(entry => Point(entry.Outcome, entry.Said, mostWords))];

    private void Add(Outcome outcome, IEnumerable<AnnotatedSegment> before)
    {
        if (_all.TryGetValue(outcome.Id, out var known))
        {
            // What completes it may stand before it where people talk at the same time.
            var both = known.Outcome with { Who = known.Outcome.Who ?? outcome.Who, Due = known.Outcome.Due ?? outcome.Due };
            _all[outcome.Id] = (both, known.Said);
            return;
        }

        var said = before.Reverse().FirstOrDefault(segment => segment.Text.Contains(outcome.Quote, StringComparison.Ordinal))
            ?? before.Last();
        _all.Add(outcome.Id, (outcome, said));
    }

    // A decision stands under the name of the one who said it, an action item under that of the one who will do it.
    private static SummaryPoint Point(Outcome outcome, AnnotatedSegment said, int mostWords)
    {
        var words = Words(outcome.What);
        var text = SpokenText.Sentence(words.Take(mostWords));
        if (words.Count > mostWords) text = $"{text} …";
        if (outcome.Due is { } due && !outcome.What.Contains(due, StringComparison.Ordinal)) text = $"{text} ({Fence.Clean(due)})";
        var who = outcome.Kind == OutcomeKinds.ActionItem ? outcome.Who : outcome.Who ?? said.SpeakerId;
        return new SummaryPoint(said.Start, who is null ? "" : Fence.Clean(who), text);
    }

    // The rules find outcomes in English alone.
    private static Utterance Read(string text, AnnotatedSegment said) =>
        new(Words(text), [said], isCutBefore: false, isCutAfter: false, LanguageTable.English);

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var word in Fence.Clean(text).Split(' ', StringSplitOptions.RemoveEmptyEntries)) SpokenText.Add(words, word);
        return words;
    }
}
