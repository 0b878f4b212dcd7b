using System.Globalization;

namespace Parley.Evaluation.Summaries;

/// <summary>How near the summaries that are chosen from meetings come to those that people wrote.</summary>
internal static class SummaryReport
{
    private static readonly int[] Lengths = [150, 180, 200];

    /// <summary>Writes the report.</summary>
    public static void Write(
        IReadOnlyList<MeetingSummary> meetings, IReadOnlyDictionary<string, SummaryReading> readings, TextWriter writer)
    {
        writer.WriteLine("""
            # Summaries, measured

            `dotnet run --project bench/Parley.Evaluation -c Release -- summaries` writes this file; `summaries list` shows the summaries themselves.

            Twelve meetings, each read as a conversation from its chunks, and the final summary chosen from it without a model, against the one
            that people wrote (summaries.jsonl of shared/data/icsi). F is that of ROUGE-1: words in lower case, not stemmed; headings, times
            and names do not count. "Topics" are the topics and what was said about them, without candidates; a cut takes the first words.

            Version 4 of the rules, measured in the same way: the topics 0.276 in 180 words; 0.282 cut at 150, 0.278 at 180, 0.269 at 200; the whole
            0.218 in 336 words, since it listed what was probably a decision or an action item.
            About 50 settings were tried on these same meetings, and one meeting, Bmr019, makes up for losses in others. With version 6 sentences are
            no longer cut before a condition or a relative clause, so that lines are longer, and none without its head is chosen.
            The figures show that the summaries are not worse than those of version 4, and no more than that.

            """);
        writer.WriteLine("| | words | F whole | F at 150 | F at 180 | F at 200 | words of the topics | F of the topics |");
        writer.WriteLine("|---|---|---|---|---|---|---|---|");
        var rows = meetings.Select(meeting => (meeting.Meeting, Figures: Measure(meeting))).ToList();
        foreach (var (meeting, figures) in rows) Row(meeting, figures, writer);
        Row("**mean**", [.. Enumerable.Range(0, rows[0].Figures.Length).Select(i => rows.Average(row => row.Figures[i]))], writer);

        writer.WriteLine("""

            ## Read

            Every line of the twelve summaries, topics aside, was read against the transcript by one reader: does it say only what was said? A line is
            false or misleading where a condition, a doubt, a denial or the other half of a sentence is missing and nothing shows it, or where a plan,
            a clause or a joke is listed as settled. Lines are quotations of raw speech: they stutter, and "…" stands where words are missing.
            `bench/Parley.Evaluation/labels/summaries-read.jsonl` holds what was found, with the fingerprint of the text that was read.
            The reader had seen earlier versions of these summaries while the rules were mended: the table says that no such line is left here, and not how
            often one stands in other meetings.

            """);
        SummaryReading.Write(meetings, readings, writer);
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
