using System.Globalization;
using Parley.Semantics;

namespace Parley.Evaluation;

/// <summary>
/// Fits the table of weights on the training half alone. What can be chosen (thresholds; and by hand the penalties below)
/// is chosen by cross-validation over five contiguous blocks of that half.
/// </summary>
internal static class IntentTraining
{
    private const int Folds = 5;
    private const int MinCount = 2;      // a feature seen once says nothing

    private static readonly LogisticRegression Main = new(lasso: 0.8, ridge: 3);

    // Few examples: the kinds of question and of action are told apart within those alone.
    private static readonly LogisticRegression Kind = new(lasso: 0.5, ridge: 3);

    private sealed record Column(string Name, LogisticRegression Regression, Func<string, bool> Among, Func<string, bool> Is);

    private static readonly Column[] Columns =
    [
        new(Intents.Question, Main, _ => true, i => i is Intents.Question or Intents.Clarification),
        new(Intents.ActionItem, Main, _ => true, i => i is Intents.ActionItem or Intents.Commitment),
        new(Intents.Agreement, Main, _ => true, i => i is Intents.Agreement),
        new(Intents.Clarification, Kind, i => i is Intents.Question or Intents.Clarification, i => i is Intents.Clarification),
        new(Intents.Commitment, Kind, i => i is Intents.ActionItem or Intents.Commitment, i => i is Intents.Commitment),
    ];

    public static void Run(IReadOnlyList<Utterance> training, Hints hints, TextWriter report, string table)
    {
        var space = new FeatureSpace(hints);
        var all = training.Select(u => space.Read(u.Plain)).ToArray();
        var count = new int[space.Names.Count];
        foreach (var row in all)
        {
            foreach (var j in row) count[j]++;
        }

        all = [.. all.Select(row => row.Where(j => count[j] >= MinCount).ToArray())];
        var weights = new double[Columns.Length][];
        var thresholds = new double[Columns.Length];
        for (var c = 0; c < Columns.Length; c++)
        {
            var column = Columns[c];
            var among = Enumerable.Range(0, all.Length).Where(i => column.Among(training[i].Intent)).ToArray();
            var rows = among.Select(i => all[i]).ToArray();
            var labels = among.Select(i => column.Is(training[i].Intent)).ToArray();
            weights[c] = column.Regression.Fit(rows, labels, space.Names.Count);
            if (column.Regression == Kind) continue;   // of two kinds, the likelier
            var (f1, threshold) = CrossValidate(column.Regression, rows, labels, space.Names.Count);
            report.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{column.Name}: cross-validated F1 {f1:F3} at log odds {threshold:F2}"));
            thresholds[c] = threshold;
        }

        using var writer = new StreamWriter(table) { NewLine = "\n" };
        writer.WriteLine("# Log odds that a feature adds to each intent; how they were fitted: docs/semantics.md. Written by bench/Parley.Evaluation.");
        writer.WriteLine("#feature\tquestion\taction_item\tagreement\tclarification\tcommitment\tdecision");
        writer.WriteLine(Row(IntentModel.BiasRow, [.. weights.Select(w => w[^1]), -2]));
        writer.WriteLine(Row(IntentModel.ThresholdRow, [.. thresholds, 0]));
        var features = space.Names.Where(name => name[0] != '(').Concat(hints.Phrases).Distinct(StringComparer.Ordinal)
            .Select(name => (Name: name, Cells: Cells(name)))
            .Where(feature => feature.Cells.Any(cell => Math.Abs(cell) >= 0.005))
            .OrderByDescending(feature => feature.Cells.Max(Math.Abs))
            .ThenBy(feature => feature.Name, StringComparer.Ordinal);
        foreach (var (name, cells) in features) writer.WriteLine(Row(name, cells));

        double[] Cells(string name) =>
        [
            .. weights.Select((w, c) =>
                Weight(w, name) + hints.Of(name).Sum(group => Weight(w, $"({group})")) + hints.Rule(name, Columns[c].Name)),
            hints.Rule(name, Intents.Decision),
        ];

        double Weight(double[] w, string name) => space.NumberOf(name) is >= 0 and var j && j < w.Length - 1 ? w[j] : 0;
    }

    private static (double F1, double Threshold) CrossValidate(
        LogisticRegression regression, int[][] rows, bool[] labels, int features)
    {
        var scores = new double[rows.Length];
        for (var fold = 0; fold < Folds; fold++)
        {
            var (from, to) = (rows.Length * fold / Folds, rows.Length * (fold + 1) / Folds);
            var weights = regression.Fit([.. rows[..from], .. rows[to..]], [.. labels[..from], .. labels[to..]], features);
            for (var i = from; i < to; i++) scores[i] = LogisticRegression.Score(weights, rows[i]);
        }

        return BestThreshold(scores, labels);
    }

    private static (double F1, double Threshold) BestThreshold(double[] scores, bool[] labels)
    {
        var order = Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).ToArray();
        var (best, hits, positives) = ((F1: 0.0, Threshold: 0.0), 0, labels.Count(label => label));
        for (var given = 1; given <= order.Length; given++)
        {
            var (i, after) = (order[given - 1], given < order.Length ? scores[order[given]] : double.NegativeInfinity);
            if (labels[i]) hits++;
            var f1 = 2.0 * hits / (given + positives);
            if (after < scores[i] && f1 > best.F1) best = (f1, Math.Max((scores[i] + after) / 2, scores[i] - 0.01));
        }

        return best;
    }

    private static string Row(string name, double[] cells) => string.Join(
        '\t',
        cells.Select(cell => Math.Abs(cell) < 0.005 ? "" : cell.ToString("0.##", CultureInfo.InvariantCulture)).Prepend(name)).TrimEnd('\t');
}
