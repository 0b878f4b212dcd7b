using System.Diagnostics;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.IntegrationTests.Work;
using Parley.Log;
using Parley.Routing;
using Parley.Streaming;
using Parley.Work;

namespace Parley.Benchmarks;

/// <summary>
/// How long a chunk takes, handed in to acknowledged, while a meeting streams at 100 times real time: with nobody working, with handlers that hang,
/// with handlers that fail. Chunks as JSON Lines are the argument. Each way is run three times, in turn.
/// </summary>
internal static class Overload
{
    private const double Speed = 100;
    private const int Rounds = 3;

    public static async Task RunAsync(string path)
    {
        var reader = new ChunkJsonReader();
        var chunks = (await File.ReadAllLinesAsync(path)).Select(line => reader.Read(System.Text.Encoding.UTF8.GetBytes(line))).ToArray();
        (string Name, IWorkflowHandler? Handler)[] ways = [("nobody works", null), ("handlers hang", new HangingHandler()), ("handlers fail", new FailingHandler())];
        await MeasureAsync(chunks[..Math.Min(500, chunks.Length)], null);
        var measured = ways.ToDictionary(way => way.Name, _ => new List<(double P50, double P99, WorkLedger? Ledger)>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, handler) in ways) measured[name].Add(await MeasureAsync(chunks, handler));
        }

        Console.WriteLine("| | P50, µs | P99, µs | P99 against nobody | ledger |");
        Console.WriteLine("|---|---|---|---|---|");
        var unloaded = Median(measured["nobody works"].Select(run => run.P99));
        foreach (var (name, runs) in measured)
        {
            var p99 = Median(runs.Select(run => run.P99));
            var ledger = runs[^1].Ledger is { } l
                ? $"routed {l.Routed} = dropped {l.Dropped} + failed {l.Failed} + done {l.Done} + queued {l.Queued} + running {l.Running}: {l.Routed == l.Dropped + l.Failed + l.Done + l.Queued + l.Running}"
                : "";
            Console.WriteLine($"| {name} | {Median(runs.Select(run => run.P50)):0} | {p99:0} | {p99 / unloaded:0.00} | {ledger} |");
        }
    }

    private static async Task<(double P50, double P99, WorkLedger? Ledger)> MeasureAsync(StreamChunk[] chunks, IWorkflowHandler? handler)
    {
        const string stream = "str-6f1f0a52-0000-4000-8000-000000000001";
        await using var log = new MemoryEventLog();
        await using var directory = new ConversationDirectory(log);
        await using var work = handler is null
            ? null
            : new ConversationWork(directory, Enum.GetValues<Workflow>().ToDictionary(workflow => workflow.ToName(), _ => handler), new Summaries(log));
        await directory.OpenAsync(stream, new ConversationSettings { Workflows = handler is null ? [] : Enum.GetValues<Workflow>() });
        var latencies = new double[chunks.Length];
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < chunks.Length; i++)
        {
            var due = TimeSpan.FromSeconds((chunks[i].End - chunks[0].End) / Speed) - Stopwatch.GetElapsedTime(started);
            if (due > TimeSpan.Zero) await Task.Delay(due, TimeProvider.System);
            var handed = Stopwatch.GetTimestamp();
            var queued = await directory.SendAsync(stream, new ChunkDelivery(i + 1, chunks[i]));
            await queued!.Value.Receipt;
            latencies[i] = Stopwatch.GetElapsedTime(handed).TotalMicroseconds;
        }

        Array.Sort(latencies);
        return (latencies[latencies.Length / 2], latencies[latencies.Length * 99 / 100], work?.Dispatcher.Ledger);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
