using System.Globalization;
using Parley.Semantics;

namespace Parley.Evaluation.TurnEnds;

/// <summary>How right the shipped model is on meetings that it was not fitted on.</summary>
internal static class TurnEndReport
{
    private static readonly double[] Thresholds = [0.5, 0.6, 0.7, 0.8, 0.9];
    private static readonly double[] LeastPauses = [0.2, 0.7, 1.2];

    public static void Write(IReadOnlyList<IReadOnlyList<Speech>> meetings, TextWriter writer)
    {
        var ends = meetings.SelectMany(SpeechEnd.Of).ToList();
        writer.WriteLine(Text($"""
            # The end of a turn, measured

            `dotnet run --project bench/Parley.Evaluation -c Release -- turn-end` writes this file; `-- turn-end train` fits the table that it measures.

            {ends.Count:N0} ends of chunks in {meetings.Count} meetings (shared/data/icsi/*.chunks.jsonl: a chunk every five words or at a pause of half a second, as
            transcribed). None of these meetings is in the training data. What "done" means is in docs/semantics.md. AUC: the probability that an end where the speaker is done
            gets more than one where they are not; 0.5 is chance.

            ## Where a speaker pauses

            The ends where the speaker pauses at least that long. The pause so far is the same for all of them. How long it will be in the end is known only when it is over,
            and is part of what "done" means.

            | pause | ends | done | AUC, words and pause | AUC, length of the pause, known later |
            |---|---|---|---|---|
            """));
        foreach (var pause in TurnEndFeatures.Pauses)
        {
            var reached = ends.Where(end => end.Gap >= pause).ToList();
            writer.WriteLine(Text(
                $"| {pause} s | {reached.Count:N0} | {Share(reached)} | {Auc(reached, end => Probability(end, pause)):F3} | {Auc(reached, Later):F3} |"));
        }

        writer.WriteLine("""

            ## At every end of a chunk

            What can be said that long after a chunk has ended. Speakers who went on before are known not to be done.

            | after | AUC, words and pause so far | AUC, pause so far |
            |---|---|---|
            """);
        foreach (var pause in TurnEndFeatures.Pauses)
        {
            var words = Auc(ends, end => end.Gap >= pause ? Probability(end, pause) : -1);
            writer.WriteLine(Text($"| {pause} s | {words:F3} | {Auc(ends, end => Math.Min(end.Gap, pause)):F3} |"));
        }

        WriteCloses(ends, end => end.Gap, "Hints and closes, word by word", """
            Every word comes when it has been said, as from a recogniser that shows its text while it grows. A hint is given, or a lane closed, at the first of the four pauses, from
            the least on, at which the probability is high enough.
            """, writer);
        WriteCloses(ends, end => end.NextEnd, "Hints and closes, chunk by chunk", """
            Every chunk comes when its last word has been said: while a speaker goes on, nothing comes for as long as the next five words take.
            """, writer);
    }

    private static void WriteCloses(List<SpeechEnd> ends, Func<SpeechEnd, double> untilNext, string title, string how, TextWriter writer)
    {
        writer.WriteLine($"\n## {title}\n\n{how}\n");
        writer.WriteLine("| probability from | least pause | given | right | of all that were done |");
        writer.WriteLine("|---|---|---|---|---|");
        var done = ends.Count(end => end.IsDone);
        foreach (var least in LeastPauses)
        {
            foreach (var threshold in Thresholds)
            {
                var given = ends.Where(end => TurnEndFeatures.Pauses.Any(
                    pause => pause >= least && pause <= untilNext(end) && Probability(end, pause) >= threshold)).ToList();
                var right = given.Count(end => end.IsDone);
                writer.WriteLine(Text($"| {threshold} | {least} s | {given.Count:N0} | {Share(given)} | {Percent(right, done)} |"));
            }
        }
    }

    private static double Probability(SpeechEnd end, double pause) => TurnEndModel.Default.Probability(end.Text, pause);

    private static double Later(SpeechEnd end) => end.Gap;

    private static double Auc(List<SpeechEnd> ends, Func<SpeechEnd, double> score) => Ranking.Auc([.. ends.Select(end => (score(end), end.IsDone))]);

    private static string Share(List<SpeechEnd> ends) => Percent(ends.Count(end => end.IsDone), ends.Count);

    private static string Percent(int part, int whole) => Text($"{100.0 * part / Math.Max(1, whole):F1} %");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
