using Parley.Languages;
using Parley.Semantics;

namespace Parley.Context;

/// <summary>Summarises a conversation without a model: it chooses among what was said. The same segments give the same summary.</summary>
/// <remarks>Terms that many utterances share make an utterance tell; one is chosen from each stretch of the conversation, so that
/// the whole of it is covered, and none that says what another has said. Decisions and actions are what the intents found, the
/// surest and most telling of them. It knows the function words of the languages in
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
        var utterances = Utterances.Of(segments, language ?? LanguageTable.English);
        var salience = new Salience(utterances);
        var candidates = utterances.ConvertAll(utterance => new SummaryCandidate(utterance, salience));
        var decisions = Surest(candidates, limits.Decisions, [], Intents.Decision);
        var actions = Surest(candidates, limits.Actions, decisions, Intents.ActionItem, Intents.Commitment);
        var points = OnePerStretch(candidates, limits.Points, [.. decisions, .. actions]);
        return new ConversationSummary(salience.Topics(limits.Topics), Points(points, limits), Points(decisions, limits), Points(actions, limits));
    }

    private static SummaryPoint[] Points(IEnumerable<SummaryCandidate> chosen, SummaryLimits limits) =>
        [.. chosen.OrderBy(candidate => candidate.Utterance.Start).Select(candidate => candidate.Utterance.ToPoint(limits.WordsPerPoint))];

    private static List<SummaryCandidate> OnePerStretch(List<SummaryCandidate> candidates, int most, List<SummaryCandidate> said)
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
            var news = stretch.Where(candidate => !chosen.Exists(candidate.SaysTheSameAs) && !said.Exists(candidate.SaysTheSameAs));
            if (news.MaxBy(candidate => candidate.Score) is { } best)
                chosen.Add(best);
        }

        return chosen;
    }

    private static List<SummaryCandidate> Surest(
        List<SummaryCandidate> candidates, int most, List<SummaryCandidate> said, params string[] intents)
    {
        var chosen = new List<SummaryCandidate>();
        foreach (var candidate in candidates
            .Where(candidate => candidate.IsStatement && candidate.Utterance.Decided is { } decided && intents.Contains(decided.Intent))
            .OrderByDescending(candidate => candidate.Sureness))
        {
            if (chosen.Count >= most)
                break;
            if (!chosen.Exists(candidate.SaysTheSameAs) && !said.Exists(candidate.SaysTheSameAs))
                chosen.Add(candidate);
        }

        return chosen;
    }
}
