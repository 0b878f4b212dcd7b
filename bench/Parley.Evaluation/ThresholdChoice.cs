namespace Parley.Evaluation;

/// <summary>Chooses the threshold of an intent.</summary>
internal static class ThresholdChoice
{
    private const double Lowest = -4;   // log odds
    private const double Step = 0.05;
    private const int Steps = 120;

    // F1 is averaged over so many steps on both sides: what is best by a few texts is chance.
    private const int Width = 5;

    /// <summary>Returns the probability from which on F1 is best, and the F1.</summary>
    /// <param name="scores">The log odds of texts, and whether each has the intent.</param>
    public static (double Probability, double F1) Best(IReadOnlyList<(double LogOdds, bool IsPositive)> scores)
    {
        var curve = Enumerable.Range(0, Steps).Select(step => F1(scores, Lowest + (step * Step))).ToArray();
        var best = Enumerable.Range(Width, Steps - (2 * Width)).MaxBy(step => curve.AsSpan(step - Width, (2 * Width) + 1).ToArray().Average());
        return (1 / (1 + Math.Exp(-(Lowest + (best * Step)))), curve[best]);
    }

    private static double F1(IReadOnlyList<(double LogOdds, bool IsPositive)> scores, double threshold) => new Measure(
        scores.Count(score => score.IsPositive && score.LogOdds >= threshold),
        scores.Count(score => score.LogOdds >= threshold),
        scores.Count(score => score.IsPositive)).F1;
}
