namespace Parley.Evaluation.Summaries;

/// <summary><c>summaries</c> writes the report, <c>summaries list</c> the summaries themselves, for a person to read.</summary>
internal static class SummaryCommand
{
    public static int Run(string folder, ReadOnlySpan<string> args)
    {
        switch (args)
        {
            case []:
                using (var report = new StringWriter { NewLine = "\n" })
                {
                    SummaryReport.Write(MeetingSummary.Load(folder), report);
                    Console.Write(report);
                    File.WriteAllText(Path.Combine(Repository.Root, "bench/results/summaries.md"), report.ToString());
                }

                return 0;
            case ["list"]:
                foreach (var meeting in MeetingSummary.Load(folder)) Console.WriteLine($"# {meeting.Meeting}\n\n{meeting.Chosen}");
                return 0;
            default:
                Console.Error.WriteLine("Usage: dotnet run --project bench/Parley.Evaluation -c Release -- summaries [list]");
                return 2;
        }
    }
}
