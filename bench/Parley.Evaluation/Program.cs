using Parley.Evaluation;
using Parley.Evaluation.Outcomes;

if (args is ["outcomes", "list", var file, var group])
{
    OutcomeListing.Write(file, group, Console.Out);
    return 0;
}

if (args is ["outcomes"])
{
    using var report = new StringWriter { NewLine = "\n" };
    OutcomeReport.Write(Path.Combine(Repository.Root, "bench/Parley.Evaluation/labels"), Repository.Segments, report);
    Console.Write(report);
    File.WriteAllText(Path.Combine(Repository.Root, "bench/results/outcomes.md"), report.ToString());
    return 0;
}

if (Repository.Utterances is not { } path)
{
    Console.WriteLine("Skipped: there is no shared/data/icsi/intents-dev.jsonl beside the repository.");
    return 0;
}

var utterances = Utterance.Load(path);
switch (args)
{
    case []:
        using (var report = new StringWriter { NewLine = "\n" })
        {
            IntentReport.Write(utterances, report);
            Console.Write(report);
            File.WriteAllText(Path.Combine(Repository.Root, "bench/results/intents.md"), report.ToString());
        }

        return 0;
    case ["train"]:
        IntentTraining.Run(
            [.. utterances.Take(utterances.Count / 2)],
            new Hints(Path.Combine(Repository.Root, "bench/Parley.Evaluation/hints.txt")),
            Console.Out,
            Path.Combine(Repository.Root, "src/Parley/Semantics/intents.tsv"));
        return 0;
    default:
        Console.Error.WriteLine("Usage: dotnet run --project bench/Parley.Evaluation -c Release [train | outcomes | outcomes list FILE GROUP]");
        return 2;
}
