using System.Diagnostics;
using Parley.Conversations;
using Parley.Log;

/// <summary>Many streams that talk at a steady rate: how long a chunk takes to be acknowledged, and what follows from it to be shown to a viewer.</summary>
internal static class Latency
{
    public static async Task MeasureAsync(Options options)
    {
        var streams = options.Count("--streams", 1000);
        Console.WriteLine("| streams | durability | run | chunks/s | acknowledged P50 | P99 | max ms | shown P50 | P99 | max ms | processor, cores |");
        Console.WriteLine("|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        var tails = new List<(double Acknowledged, double Shown)>();
        for (var run = 1; run <= options.Count("--runs", 5); run++)
        {
            using var file = new TemporaryLog(options);
            await using var log = await file.OpenAsync();
            var measured = await new LatencyRun(log, streams, options.Number("--rate", 4), options.Number("--seconds", 8)).MeasureAsync();
            var (acknowledged, shown) = (measured.Acknowledged, measured.Shown);
            Console.WriteLine(
                $"| {streams:N0} | {file.Durability} | {run} | {measured.Rate:N0} | {At(acknowledged, 0.5)} | {At(acknowledged, 0.99)} | {At(acknowledged, 1)} | {At(shown, 0.5)} | {At(shown, 0.99)} | {At(shown, 1)} | {measured.Cores:0.00} |");
            tails.Add((Value(acknowledged, 0.99), Value(shown, 0.99)));
        }

        Console.WriteLine($"median P99: acknowledged {tails.Select(tail => tail.Acknowledged).Order().ElementAt(tails.Count / 2):0.00} ms, shown {tails.Select(tail => tail.Shown).Order().ElementAt(tails.Count / 2):0.00} ms");
    }

    private static string At(double[] sorted, double share) => $"{Value(sorted, share):0.00}";

    private static double Value(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}

internal sealed record LatencyResult(double[] Acknowledged, double[] Shown, double Rate, double Cores);

internal sealed class LatencyRun(IEventLog log, int streams, double rate, double seconds)
{
    // Streams come to be and code is compiled in the first seconds.
    private const double Warmup = 3;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly long[] _handedIn = new long[streams];
    private readonly List<double>[] _acknowledged = new List<double>[streams];
    private readonly List<double>[] _shown = new List<double>[streams];

    public async Task<LatencyResult> MeasureAsync()
    {
        await using var directory = new ConversationDirectory(log);
        for (var i = 0; i < streams; i++) await directory.OpenAsync(Talk.Stream(i));
        using var done = new CancellationTokenSource();
        var viewers = Enumerable.Range(0, streams).Select(stream => Task.Run(() => ViewAsync(directory, stream, _shown[stream] = [], done.Token))).ToArray();
        while (directory.Feed.Viewers < streams) await Task.Yield();
        var used = await Task.WhenAll(UsedAsync(), Task.WhenAll(Enumerable.Range(0, streams).Select(stream =>
            Task.Run(() => PaceAsync(directory, stream, _clock.Elapsed.TotalSeconds + ((double)stream / streams / rate), _acknowledged[stream] = []))).ToArray()).ContinueWith(_ => 0.0, TaskScheduler.Default));
        await done.CancelAsync();
        await Task.WhenAll(viewers);
        double[] acknowledged = [.. _acknowledged.SelectMany(list => list).Order()];
        return new(acknowledged, [.. _shown.SelectMany(list => list).Order()], acknowledged.Length / seconds, used[0]);
    }

    private async Task<double> UsedAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(Warmup), TimeProvider.System);
        var before = Environment.CpuUsage.TotalTime;
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds / seconds;
    }

    private async Task PaceAsync(ConversationDirectory directory, int stream, double begin, List<double> latencies)
    {
        for (var sequence = 1; ; sequence++)
        {
            var due = begin + ((sequence - 1) / rate);
            if (due - begin > Warmup + seconds) return;
            var wait = TimeSpan.FromSeconds(due) - _clock.Elapsed;
            if (wait > TimeSpan.Zero) await Task.Delay(wait, TimeProvider.System);
            var handedIn = _clock.ElapsedTicks;
            Volatile.Write(ref _handedIn[stream], handedIn);
            await directory.PostAsync(Talk.Stream(stream), Talk.Chunk(sequence));
            if (due - begin > Warmup) latencies.Add(Since(handedIn));
        }
    }

    // One chunk of a stream is under way at a time, so that what is shown follows from the last one handed in.
    private async Task ViewAsync(ConversationDirectory directory, int stream, List<double> latencies, CancellationToken done)
    {
        try
        {
            await foreach (var shown in directory.Feed.FollowAsync(Talk.Stream(stream), 0, done))
            {
                if (shown.Type is "FINALIZED" or "PARTIAL" && Volatile.Read(ref _handedIn[stream]) is var handedIn && handedIn > Warmup * Stopwatch.Frequency) latencies.Add(Since(handedIn));
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private double Since(long ticks) => (_clock.ElapsedTicks - ticks) * 1000.0 / Stopwatch.Frequency;
}
