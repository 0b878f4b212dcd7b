namespace Parley.Evaluation.Outcomes;

/// <summary><c>outcomes</c> writes the report, <c>outcomes list FILE GROUP</c> what the rules find in a file.</summary>
internal static class OutcomeCommand
{
    public static int Run(ReadOnlySpan<string> args)
    {
        switch (args)
        {
            case []:
                using (var report = new StringWriter { NewLine = "\n" })
                {
                    OutcomeReport.Write(Path.Combine(Repository.Root, "bench/Parley.Evaluation/labels"), Repository.Segments, report);
                    Console.Write(report);
                    File.WriteAllText(Path.Combine(Repository.Root, "bench/results/outcomes.md"), report.ToString());
                }

                return 0;
            case ["list", var file, var group]:
                OutcomeListing.Write(file, group, Console.Out);
                return 0;
            default:
                Console.Error.WriteLine("Usage: dotnet run --project bench/Parley.Evaluation -c Release -- outcomes [list FILE GROUP]");
                return 2;
        }
    }
}
