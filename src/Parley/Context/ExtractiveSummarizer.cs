using Parley.Languages;
using Parley.Protocol;
using Parley.Semantics;

namespace Parley.Context;

/// <summary>Summarises a conversation without a model: it chooses among what was said. The same segments give the same summary.</summary>
/// <remarks>Utterances are scored by the terms they share with others. The best one of each part is chosen; repetitions are left out.
/// Decisions and action items are
/// <see cref="AnnotatedSegment.Outcomes"/>: candidates, since no model has read them. It knows the function words of the languages in
/// <see cref="LanguageTable.BuiltIn"/>; in others it goes by counting alone, and where words are not parted by spaces it finds no
/// points.</remarks>
public static class ExtractiveSummarizer
{
    // Of a short conversation not everything is a point.
    private const int UtterancesPerPoint = 3;

    /// <summary>Summarises final segments, in any order.</summary>
    /// <param name="segments">What was said.</param>
    /// <param name="limits">How long the summary may be; null is the default.</param>
    /// <param name="language">The language that is spoken; null for English.</param>
    public static ConversationSummary Summarize(
        IEnumerable<AnnotatedSegment> segments, SummaryLimits? limits = null, Language? language = null)
    {
        ArgumentNullException.ThrowIfNull(segments);
        limits ??= new SummaryLimits();
        var all = segments.ToList();
        var utterances = Utterances.Of(all, language ?? LanguageTable.English);
        var salience = new Salience(utterances);
        var candidates = utterances.ConvertAll(utterance => new SummaryCandidate(utterance, salience));
        var outcomes = new SummaryOutcomes(all);
        var told = outcomes.Quoted.Select(quoted => new SummaryCandidate(quoted, salience)).ToArray();
        var points = OnePerStretch(candidates, limits.Points, told);
        return new ConversationSummary(
            salience.Topics(limits.Topics),
            Points(points, limits),
            outcomes.Points(OutcomeKinds.Decision, limits.Decisions, limits.WordsPerPoint),
            outcomes.Points(OutcomeKinds.ActionItem, limits.Actions, limits.WordsPerPoint));
    }

    private static SummaryPoint[] Points(IEnumerable<SummaryCandidate> chosen, SummaryLimits limits) =>
        [.. chosen.OrderBy(candidate => candidate.Utterance.Start).Select(candidate => candidate.Utterance.ToPoint(limits.WordsPerPoint))];

    private static List<SummaryCandidate> OnePerStretch(List<SummaryCandidate> candidates, int most, SummaryCandidate[] said)
    {
        if (most <= 0)
            return [];
        var telling = candidates.FindAll(candidate => candidate.IsPoint);
        var stretchCount = Math.Min(most, Math.Max(1, telling.Count / UtterancesPerPoint));
        var chosen = new List<SummaryCandidate>();
        var total = telling.Sum(candidate => candidate.Score);
        var passed = 0.0;
        var stretches = telling.ToLookup(candidate =>
        {
            var stretch = (int)(passed / total * stretchCount);
            passed += candidate.Score;
            return stretch;
        });
        foreach (var stretch in stretches.OrderByDescending(stretch => stretch.Max(candidate => candidate.Score)))
        {
            var news = stretch.Where(candidate => !chosen.Exists(candidate.SaysTheSameAs) && !Array.Exists(said, candidate.SaysTheSameAs));
            if (news.MaxBy(candidate => candidate.Score) is { } best)
                chosen.Add(best);
        }

        return chosen;
    }
}
