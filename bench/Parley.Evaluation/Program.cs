using Parley.Evaluation;
using Parley.Evaluation.TurnEnds;

if (Repository.Utterances is not { } path)
{
    Console.WriteLine("Skipped: there is no shared/data/icsi/intents-dev.jsonl beside the repository.");
    return 0;
}

if (args is ["turn-end", ..]) return TurnEndCommand.Run(Path.GetDirectoryName(path)!, args.AsSpan(1));

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
        Console.Error.WriteLine("Usage: dotnet run --project bench/Parley.Evaluation -c Release [-- train | turn-end [train]]");
        return 2;
}
