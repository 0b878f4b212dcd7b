using Parley.Evaluation;

if (Repository.Utterances is not { } path)
{
    Console.WriteLine("Skipped: there is no shared/data/icsi/intents-dev.jsonl beside the repository.");
    return 0;
}

var utterances = Utterance.Load(path);
if (args is ["train"])
{
    IntentTraining.Run(
        [.. utterances.Take(utterances.Count / 2)],
        new Hints(Path.Combine(Repository.Root, "bench/Parley.Evaluation/hints.txt")),
        Console.Out,
        Path.Combine(Repository.Root, "src/Parley/Semantics/intents.tsv"));
    return 0;
}

IntentReport.Write(utterances, Console.Out);
return 0;
