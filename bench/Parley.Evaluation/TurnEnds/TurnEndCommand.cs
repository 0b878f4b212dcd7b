namespace Parley.Evaluation.TurnEnds;

/// <summary><c>turn-end</c> writes the report, <c>turn-end train</c> the table and then the report.</summary>
internal static class TurnEndCommand
{
    public static int Run(string folder, ReadOnlySpan<string> args)
    {
        switch (args)
        {
            case []:
                using (var report = new StringWriter { NewLine = "\n" })
                {
                    TurnEndReport.Write(Speech.LoadChunks(folder), report);
                    Console.Write(report);
                    File.WriteAllText(Path.Combine(Repository.Root, "bench/results/turn-end.md"), report.ToString());
                }

                return 0;
            case ["train"]:
                TurnEndTraining.Run(
                    Speech.LoadUtterances(Path.Combine(folder, "intents-train.jsonl")),
                    Console.Out,
                    Path.Combine(Repository.Root, "src/Parley/Semantics/turn-end.tsv"));
                return 0;
            default:
                Console.Error.WriteLine("Usage: dotnet run --project bench/Parley.Evaluation -c Release -- turn-end [train]");
                return 2;
        }
    }
}
