namespace Parley.Evaluation.Summaries;

/// <summary><c>summaries</c> writes the report, <c>summaries list</c> the summaries themselves, for a person to read.</summary>
internal static class SummaryCommand
{
    private static string Readings => Path.Combine(Repository.Root, "bench/Parley.Evaluation/labels/summaries-read.jsonl");

    public static int Run(string folder, ReadOnlySpan<string> args)
    {
        switch (args)
        {
            case []:
                using (var report = new StringWriter { NewLine = "\n" })
                {
                    SummaryReport.Write(MeetingSummary.Load(folder), SummaryReading.Load(Readings), report);
                    Console.Write(report);
                    File.WriteAllText(Path.Combine(Repository.Root, "bench/results/summaries.md"), report.ToString());
                }

                return 0;
            case ["list"]:
                foreach (var meeting in MeetingSummary.Load(folder))
                    Console.WriteLine($"# {meeting.Meeting}\n\nFingerprint {SummaryReading.FingerprintOf(meeting)}\n\n{meeting.Chosen}");
                return 0;
            default:
                Console.Error.WriteLine("Usage: dotnet run --project bench/Parley.Evaluation -c Release -- summaries [list]");
                return 2;
        }
    }
}
