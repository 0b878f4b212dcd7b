using System.Diagnostics;

/// <summary>Many streams that talk at a steady rate, whatever the server does: how long chunks take to be safe and to be seen.</summary>
internal static class Steady
{
    public static async Task<bool> MeasureAsync(Options options)
    {
        var kind = options.Text("--server", "parley");
        var (streams, rate, viewers) = (options.Count("--streams", 1000), options.Number("--rate", 4), options.Count("--viewers", 1));
        var whole = true;
        for (var run = 1; run <= options.Count("--runs", 1); run++)
        {
            var result = await new LoadRun(kind, options).MeasureAsync(streams, viewers, (talkers, figures, stop) => PaceAsync(talkers, figures, rate, stop));
            var figures = result.Figures;
            Console.WriteLine($"{kind}, run {run}: {streams:N0} streams, {viewers} viewers each, {result.Chunks / result.Seconds:N0} chunks/s, {result.MessagesIn / result.Seconds:N0} messages/s in, {result.MessagesOut / result.Seconds:N0} out");
            Console.WriteLine(Report.Usage(result));
            Console.WriteLine();
            Console.WriteLine("| since a chunk was due, ms | P50 | P99 | P99.9 | max |");
            Console.WriteLine("|---|---:|---:|---:|---:|");
            Console.WriteLine($"| sent by the generator | {figures.Late} |");
            Console.WriteLine($"| {(kind == "echo" ? "echoed" : "acknowledged")} | {figures.Acknowledged} |");
            if (kind != "echo") Console.WriteLine($"| seen by a viewer | {figures.Partial} |");
            if (kind != "echo") Console.WriteLine($"| the final it brought about seen ({figures.Final.Count:N0}) | {figures.Final} |");
            Console.WriteLine();
            whole &= Report.Losses(result);
        }

        return whole;
    }

    // One thread sends for all, each chunk when it is due; a stream's turn comes evenly between the others'.
    public static Task PaceAsync(Talker[] talkers, Figures figures, double rate, CancellationToken stop) => Task.Factory.StartNew(
        () =>
        {
            var started = Stopwatch.GetTimestamp();
            var perTick = rate * talkers.Length / Stopwatch.Frequency;
            for (var said = 0L; !stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(1));)
            {
                for (; said <= (Stopwatch.GetTimestamp() - started) * perTick; said++)
                {
                    var due = started + (long)(said / perTick);
                    figures.Time(figures.Late, due);
                    talkers[said % talkers.Length].Say(due);
                }
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
