/// <summary>Many streams that talk at a steady rate: how long it takes from when a chunk is due until it is acknowledged, and until the final that it brings is before a viewer.</summary>
internal static class Latency
{
    public static async Task MeasureAsync(Options options)
    {
        var streams = options.Count("--streams", 1000);
        Console.WriteLine("| streams | durability | run | chunks/s | acknowledged P50 | P99 | max ms | final P50 | P99 | max ms | processor, cores | collections, gen 0/1/2 | paused, ms a second |");
        Console.WriteLine("|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        var runs = new List<LatencyResult>();
        for (var run = 1; run <= options.Count("--runs", 5); run++)
        {
            using var file = new TemporaryLog(options);
            await using var log = await file.OpenAsync();
            var measured = await new LatencyRun(log, options.Run(), streams, options.Number("--rate", 4), options.Number("--seconds", 8)).MeasureAsync();
            Console.WriteLine(
                $"| {streams:N0} | {file.Durability} | {run} | {measured.Rate:N0} | {measured.Acknowledged} | {measured.Finals} | {measured.Cores:0.00} | {string.Join('/', measured.Collections)} | {measured.PausedMs:0.0} |");
            runs.Add(measured);
        }

        Console.WriteLine($"median P99: acknowledged {Median(runs.Select(run => run.Acknowledged)):0.00} ms, final {Median(runs.Select(run => run.Finals)):0.00} ms");
    }

    private static double Median(IEnumerable<Percentiles> runs) => runs.Select(run => run.At(0.99)).Order().ToArray() is var tails ? tails[tails.Length / 2] : 0;
}

/// <summary>Milliseconds, in order.</summary>
internal sealed class Percentiles(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public int Count => _sorted.Length;

    public double At(double share) => _sorted[Math.Min(_sorted.Length - 1, (int)(_sorted.Length * share))];

    public override string ToString() => $"{At(0.5):0.00} | {At(0.99):0.00} | {At(1):0.00}";
}

internal sealed record LatencyResult(Percentiles Acknowledged, Percentiles Finals, double Rate, double Cores, int[] Collections, double PausedMs);
