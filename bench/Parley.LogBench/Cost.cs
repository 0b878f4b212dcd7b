using System.Diagnostics;
using Parley.Log;
using Parley.Storage.Sqlite;

/// <summary>What an append costs in processor time, which tells two versions apart on a machine that is busy with other work.</summary>
internal static class Cost
{
    private const int Streams = 64;
    private const int AppendsOfStream = 2_000;
    private const int FactsOfAppend = 3;

    public static async Task MeasureAsync(string parent, int runs, Func<long, LogRecord[]> records)
    {
        Console.WriteLine("| log | processor time of a fact, µs (every run) |");
        Console.WriteLine("|---|---:|");
        foreach (var name in new[] { "memory", "SQLite" })
        {
            var figures = new List<double>();
            // The first is the process's own warming up.
            for (var run = 0; run <= runs; run++)
            {
                await using var file = new TemporaryLog(parent);
                await using IEventLog log = name == "memory" ? new MemoryEventLog() : await file.OpenAsync(LogDurability.Process);
                var figure = await MeasureAsync(log, records);
                if (run > 0) figures.Add(figure);
            }

            Console.WriteLine($"| {name} | {figures.Order().ElementAt(runs / 2):0.00} ({string.Join(" ", figures.Select(one => $"{one:0.00}"))}) |");
        }
    }

    private static async Task<double> MeasureAsync(IEventLog log, Func<long, LogRecord[]> records)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await Task.WhenAll(Enumerable.Range(0, Streams).Select(stream => Task.Run(() => PressAsync(log, $"str-{stream:x8}", records))));
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMicroseconds / (Streams * AppendsOfStream * FactsOfAppend);
    }

    private static async Task PressAsync(IEventLog log, string stream, Func<long, LogRecord[]> records)
    {
        for (long seq = 0; seq < AppendsOfStream * FactsOfAppend; seq += FactsOfAppend)
            await log.AppendAsync(stream, 0, seq, records(seq));
    }
}
