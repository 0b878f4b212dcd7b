using System.Globalization;
using Parley.Semantics;

namespace Parley.Evaluation;

/// <summary>How right the shipped classifier is: precision, recall and F1 per intent, and what is taken for what.</summary>
internal static class IntentReport
{
    private static readonly string[] Labels =
        [Intents.Question, Intents.Clarification, Intents.ActionItem, Intents.Commitment, Intents.Agreement, "general"];

    public static void Write(IReadOnlyList<Utterance> all, TextWriter writer)
    {
        var half = all.Count / 2;
        (string Name, int From, int To)[] parts = [("held out", half, all.Count), ("training", 0, half), ("all", 0, all.Count)];
        (string Name, string[] Given)[] readings =
        [
            ("`plain`, each alone", Classify(all, u => u.Plain, context: false, null)),
            ("`plain`, as a conversation", Classify(all, u => u.Plain, context: true, null)),
            ("`text`, known to be punctuated", Classify(all, u => u.Text, context: false, true)),
            ("`text`, as a conversation", Classify(all, u => u.Text, context: true, null)),
            ("`text`, each alone", Classify(all, u => u.Text, context: false, null)),
        ];

        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            # Intents, measured

            `dotnet run --project bench/Parley.Evaluation -c Release` writes this file; `-- train` fits the table it measures.

            {all.Count:N0} utterances of recorded meetings (shared/data/icsi/intents-dev.jsonl), cut in two by their order in the file, so that
            the halves hold other stretches and, but for the one at the cut, other meetings. Weights, rules and thresholds come from the
            first half ("training"); the second ("held out") was only measured. `decision` and `statement` count as general.
            "As a conversation" gives the classifier what came before, as a stream does: the utterance before, who said it, and whether any was punctuated.
            """));
        foreach (var (name, given) in readings)
        {
            writer.WriteLine($"\n## {name}\n");
            writer.WriteLine("| F1 (precision, recall) | " + string.Join(" | ", parts.Select(p => p.Name)) + " |");
            writer.WriteLine("|---|---|---|---|");
            (string Name, string[] Of)[] rows =
            [
                ("**question + clarification**", [Intents.Question, Intents.Clarification]),
                ("**action_item + commitment**", [Intents.ActionItem, Intents.Commitment]),
                .. Labels.Select(label => (label, new[] { label })),
            ];
            foreach (var (row, of) in rows)
                writer.WriteLine($"| {row} | " + string.Join(" | ", parts.Select(p => Cell(Measure(all, given, of, p.From, p.To)))) + " |");
        }

        foreach (var (name, given) in readings.Where(reading => reading.Name is "`plain`, each alone" or "`text`, known to be punctuated"))
        {
            writer.WriteLine($"\n## Taken for what: {name}, held out\n");
            writer.WriteLine($"| it is ↓ taken for → | {string.Join(" | ", Labels)} |");
            writer.WriteLine($"|---|{string.Concat(Labels.Select(_ => "---|"))}");
            foreach (var label in Labels)
            {
                var counts = Labels.Select(taken => Enumerable.Range(half, all.Count - half).Count(i => all[i].Intent == label && given[i] == taken));
                writer.WriteLine($"| {label} | {string.Join(" | ", counts)} |");
            }
        }
    }

    public static string[] Classify(IReadOnlyList<Utterance> all, Func<Utterance, string> read, bool context, bool? punctuated)
    {
        var annotator = new KeywordSemanticAnnotator(new SemanticConfig { Punctuated = punctuated });
        var history = new IntentHistory();
        var intents = new List<string>();
        foreach (var utterance in all)
        {
            intents.Add(annotator.ClassifyIntent(read(utterance), context ? history.Before(utterance.SpeakerId) : default).Intent);
            history = history.After(read(utterance), utterance.SpeakerId);
        }

        return [.. intents.Select(intent => intent is Intents.Decision or Intents.Statement ? "general" : intent)];
    }

    public static (double F1, double Precision, double Recall) Measure(
        IReadOnlyList<Utterance> all, string[] given, string[] of, int from, int to)
    {
        var (hits, taken, real) = (0, 0, 0);
        for (var i = from; i < to; i++)
        {
            var (said, was) = (of.Contains(given[i]), of.Contains(all[i].Intent));
            if (said) taken++;
            if (was) real++;
            if (said && was) hits++;
        }

        return (2.0 * hits / Math.Max(1, taken + real), (double)hits / Math.Max(1, taken), (double)hits / Math.Max(1, real));
    }

    private static string Cell((double F1, double Precision, double Recall) m) =>
        string.Create(CultureInfo.InvariantCulture, $"{m.F1:F3} ({m.Precision:F3}, {m.Recall:F3})");
}
