using System.Globalization;

namespace Parley.Evaluation.Summaries;

/// <summary>How near the summaries that are chosen from meetings come to those that people wrote.</summary>
internal static class SummaryReport
{
    private static readonly int[] Lengths = [150, 180, 200];

    /// <summary>Writes the report.</summary>
    public static void Write(IReadOnlyList<MeetingSummary> meetings, TextWriter writer)
    {
        writer.WriteLine("| | words | F whole | F at 150 | F at 180 | F at 200 | words of the topics | F of the topics |");
        writer.WriteLine("|---|---|---|---|---|---|---|---|");
        var rows = meetings.Select(meeting => (meeting.Meeting, Figures: Measure(meeting))).ToList();
        foreach (var (meeting, figures) in rows) Row(meeting, figures, writer);
        Row("**mean**", [.. Enumerable.Range(0, rows[0].Figures.Length).Select(i => rows.Average(row => row.Figures[i]))], writer);
    }

    private static double[] Measure(MeetingSummary meeting)
    {
        var (all, topics, written) = (meeting.Words, meeting.TopicWords, meeting.WrittenWords);
        var cut = Lengths.Select(length => Rouge.F([.. all.Take(length)], written));
        return [all.Count, Rouge.F(all, written), .. cut, topics.Count, Rouge.F(topics, written)];
    }

    private static void Row(string name, double[] figures, TextWriter writer) => writer.WriteLine(
        $"| {name} | {string.Join(" | ", figures.Select(figure => figure.ToString(figure > 1 ? "F0" : "F3", CultureInfo.InvariantCulture)))} |");
}
