using System.Globalization;
using Parley.Semantics;

namespace Parley.Evaluation.TurnEnds;

/// <summary>
/// Fits the table of the turn-end model: one example for every pause of the model that a speaker's pause reaches. The figures were chosen by hand on the last fifth of the
/// training meetings.
/// </summary>
internal static class TurnEndTraining
{
    private const int MinCount = 4;
    private const double MinWeight = 0.1;

    private static readonly GradientDescent Regression = new(passes: 2, step: 0.1, ridge: 3e-3);

    public static void Run(IReadOnlyList<IReadOnlyList<Speech>> meetings, TextWriter report, string table)
    {
        var ends = meetings.Select(meeting => SpeechEnd.Of(meeting).Where(end => end.IsTimed).ToList()).ToList();
        var held = ends.Count / 5;
        using (var tried = new StringWriter())
        {
            Fit(ends.SkipLast(held).SelectMany(end => end), tried);
            var model = new TurnEndModel(new StringReader(tried.ToString()));
            foreach (var pause in TurnEndFeatures.Pauses)
            {
                var scored = ends.TakeLast(held).SelectMany(end => end).Where(end => end.Gap >= pause)
                    .Select(end => (model.Probability(end.Text, pause), end.IsDone)).ToList();
                report.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"last {held} training meetings, fitted on the others, {pause} s: AUC {Ranking.Auc(scored):F3} of {scored.Count}"));
            }
        }

        using var writer = new StreamWriter(table) { NewLine = "\n" };
        Fit(ends.SelectMany(end => end), writer);
    }

    private static void Fit(IEnumerable<SpeechEnd> ends, TextWriter table)
    {
        var space = new TurnEndFeatureSpace();
        var (rows, labels) = (new List<int[]>(), new List<bool>());
        foreach (var end in ends)
        {
            for (var pause = 0; pause < TurnEndFeatures.Pauses.Count && end.Gap >= TurnEndFeatures.Pauses[pause]; pause++)
            {
                rows.Add(space.Read(end.Text, pause));
                labels.Add(end.IsDone);
            }
        }

        var count = new int[space.Names.Count];
        foreach (var feature in rows.SelectMany(row => row)) count[feature]++;
        rows = rows.ConvertAll(row => Array.FindAll(row, feature => count[feature] >= MinCount));
        var weights = Regression.Fit(rows, labels, space.Names.Count);
        table.WriteLine("# Log odds that a feature adds to: the speaker is done. How they were fitted: docs/semantics.md. Written by bench/Parley.Evaluation.");
        table.WriteLine("# Fitted on the ICSI Meeting Corpus (word times and the dialogue acts of its MRDA release), (c) its authors, CC BY 4.0.");
        table.WriteLine(Row(TurnEndModel.BiasRow, weights[^1]));
        foreach (var (name, weight) in space.Names.Zip(weights).Where(row => Math.Abs(row.Second) >= MinWeight)
            .OrderByDescending(row => Math.Abs(row.Second)).ThenBy(row => row.First, StringComparer.Ordinal))
            table.WriteLine(Row(name, weight));
    }

    private static string Row(string name, double weight) => string.Create(CultureInfo.InvariantCulture, $"{name}\t{weight:0.##}");
}
