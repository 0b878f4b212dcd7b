using Parley.Protocol;

namespace Parley.Semantics.Outcomes;

/// <summary>
/// Finds decisions and action items in final segments, by rules for English. Precision comes first: an agreement is no decision, and what
/// is denied,
/// conditional, asked, reported, meant as a joke or about the talk itself is left out. The same segments give the same outcomes on every
/// machine.
/// </summary>
public static class OutcomeReader
{
    // More than a person says between two pauses; a text of any length costs a bounded list.
    private const int MostOutcomes = 8;
    private const int LongestQuote = 400;

    private static readonly HashSet<string> Jokes = Lists.Words("joke joking kidding jokes haha ha-ha hahaha lol laughs laughing laughter");
    private static readonly string[][] Withdrawals = Lists.Phrases("scratch that|forget that|forget it|never mind|nevermind|"
        + "just kidding|not doing that|not going to do that|we won't do that|changed our minds|changed our mind|changed my "
        + "mind|but we didn't|"
        + "but then we didn't|not anymore");

    /// <summary>Reads a final segment.</summary>
    /// <param name="said">The segment.</param>
    /// <param name="history">What is known of the conversation before it.</param>
    /// <param name="continued">The text that it goes on from, where an interjection cut a sentence in two; null for most.</param>
    /// <returns>What was found, in order; what an earlier outcome lacked comes under its id. Empty for most segments.</returns>
    public static IReadOnlyList<Outcome> Read(SaidSegment said, OutcomeHistory history, string? continued = null)
    {
        ArgumentNullException.ThrowIfNull(said);
        ArgumentNullException.ThrowIfNull(history);
        var sentences = SentenceReader.Read(said.Text);
        if (sentences.Count == 0 || sentences.Exists(IsTakenBack)) return [];
        var found = new FoundOutcomes(said, history);
        Replies.Read(sentences[0], said, history, found);
        var isOpen = continued is not null && SentenceReader.Read(continued) is [.., { IsEnded: false } before]
            && Conditions.Before(before, before.Count);
        for (var i = isOpen ? 1 : 0; i < sentences.Count && found.Count < MostOutcomes; i++)
        {
            var earlier = i > 0 ? sentences[i - 1] : LastBefore(history);
            if (earlier is null || !Conditions.Answers(sentences[i], earlier)) Read(sentences, i, found);
        }

        return found.All;
    }

    private static Sentence? LastBefore(OutcomeHistory history) =>
        history.Segments is [.., var segment] && SentenceReader.Read(segment.Text) is [.., var last] ? last : null;

    private static void Read(List<Sentence> sentences, int i, FoundOutcomes found)
    {
        var sentence = sentences[i];
        var isClosing = i > 0 && sentences[i - 1].Count <= 2 && sentences[i - 1].Find(0, 2, Vocabulary.Closures) >= 0;
        var isConfirmed = i + 1 < sentences.Count && DecisionRules.Confirms(sentences[i + 1]);
        var decisions = DecisionRules.Find(sentence, isClosing).ToList();
        if (decisions.Count == 0 && isConfirmed && DecisionRules.Whole(sentence) is { } whole) decisions.Add(whole);
        foreach (var decision in decisions.Where(IsQuotable)) found.Decide(decision);
        foreach (var task in TaskRules.Find(sentence, found.IsName).Where(IsQuotable))
        {
            if (!decisions.Exists(decision => decision.From < task.To && task.From < decision.To)) found.Assign(task);
        }

        var order = sentence[0] is "and" or "then" ? 1 : 0;
        if (decisions.Count == 0 && TaskRules.Order(sentence, order) is { } asked && IsQuotable(asked)) found.Assign(asked);
    }

    private static bool IsQuotable(Finding finding) =>
        finding.Quote.Length <= LongestQuote && !ClauseRules.BreaksOff(finding.Sentence, finding.To);

    private static bool IsTakenBack(Sentence sentence) =>
        sentence.Find(0, sentence.Count, Jokes) >= 0 || Enumerable.Range(0, sentence.Count).Any(at => sentence.Match(at, Withdrawals) > 0);
}
