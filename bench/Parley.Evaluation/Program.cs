using Parley.Evaluation;
using Parley.Evaluation.Outcomes;
using Parley.Evaluation.Redaction;
using Parley.Evaluation.Summaries;
using Parley.Evaluation.TurnEnds;
using Parley.Semantics;

if (args is ["redaction", ..]) return RedactionCommand.Run(args.AsSpan(1));
if (args is ["outcomes", ..]) return OutcomeCommand.Run(args.AsSpan(1));

if (args is not ([] or ["train"] or ["turn-end", ..] or ["summaries", ..]))
{
    Console.Error.WriteLine("Usage: dotnet run --project bench/Parley.Evaluation -c Release "
        + "[-- train | turn-end [train] | outcomes [list FILE GROUP] | summaries [list] | redaction [list]]");
    return 2;
}

if (Repository.Meetings is not { } folder)
{
    Console.WriteLine("Skipped: there is no shared/data/icsi beside the repository.");
    return 0;
}

if (args is ["turn-end", ..]) return TurnEndCommand.Run(folder, args.AsSpan(1));
if (args is ["summaries", ..]) return SummaryCommand.Run(folder, args.AsSpan(1));

var model = IntentModel.Default;
if (args is ["train"])
{
    model = IntentTraining.Run(Labelled.Segments("segments-train.jsonl"), Labelled.Utterances("intents-train.jsonl"), Console.Out);
    using var weights = File.Create(Path.Combine(Repository.Root, "src/Parley/Semantics/intents.bin"));
    model.Write(weights);
}

using var report = new StringWriter { NewLine = "\n" };
new IntentReport(Labelled.Segments("segments-dev.jsonl"), Labelled.Utterances("intents-dev.jsonl"), model).Write(report);
Console.Write(report);
File.WriteAllText(Path.Combine(Repository.Root, "bench/results/intents.md"), report.ToString());
return 0;
