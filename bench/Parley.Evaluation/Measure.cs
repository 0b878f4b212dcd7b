using System.Globalization;

namespace Parley.Evaluation;

/// <summary>How right an intent was given: precision, recall, and F1, their harmonic mean.</summary>
/// <param name="Hits">How often it was given rightly.</param>
/// <param name="Given">How often it was given.</param>
/// <param name="Labelled">How often it was to be given.</param>
internal readonly record struct Measure(int Hits, int Given, int Labelled)
{
    public double F1 => 2.0 * Hits / Math.Max(1, Given + Labelled);

    public double Precision => (double)Hits / Math.Max(1, Given);

    public double Recall => (double)Hits / Math.Max(1, Labelled);

    /// <summary>Measures one intent, or a group of them that counts as one.</summary>
    /// <param name="all">The texts.</param>
    /// <param name="given">What was given for each.</param>
    /// <param name="intents">The intent, or the group.</param>
    public static Measure Of(IReadOnlyList<Labelled> all, IReadOnlyList<IReadOnlyList<string>> given, params string[] intents)
    {
        var (hits, said, real) = (0, 0, 0);
        for (var i = 0; i < all.Count; i++)
        {
            var (isGiven, isLabelled) = (given[i].Any(intents.Contains), all[i].Intents.Any(intents.Contains));
            if (isGiven) said++;
            if (isLabelled) real++;
            if (isGiven && isLabelled) hits++;
        }

        return new Measure(hits, said, real);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{F1:F3} ({Precision:F3}, {Recall:F3})");
}
