namespace Parley.Evaluation.TurnEnds;

/// <summary>How well scores tell two kinds apart.</summary>
internal static class Ranking
{
    /// <summary>
    /// The area under the ROC curve: the probability that one that is so has a higher score than one that is not; 0.5 is chance. Equal scores count half.
    /// </summary>
    public static double Auc(IReadOnlyList<(double Score, bool Is)> scored)
    {
        var order = scored.OrderBy(one => one.Score).ToList();
        var (ranks, positives) = (0.0, (double)order.Count(one => one.Is));
        for (var from = 0; from < order.Count;)
        {
            var to = from;
            while (to < order.Count && order[to].Score.Equals(order[from].Score)) to++;
            ranks += order[from..to].Count(one => one.Is) * (from + to + 1) / 2.0;
            from = to;
        }

        return (ranks - (positives * (positives + 1) / 2)) / (positives * (order.Count - positives));
    }
}
