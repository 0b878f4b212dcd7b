using System.Diagnostics;
using System.Text;
using Parley.Log;
using Parley.Storage.Sqlite;

// The log in SQLite by itself, appends of 3 facts acknowledged at commit. Without --rate each stream keeps up to 4 appends outstanding and
// the figure is throughput; with it each stream appends that often a second, and the figure is latency.
// Usage: Parley.LogBench [--streams N,N,…] [--rate R] [--seconds S] [--runs N] [--durability disk|process] [--dir DIR]
//        Parley.LogBench --read FACTS [--dir DIR]
//        Parley.LogBench --list [--dir DIR]
const int Outstanding = 4;
const int FactsPerAppend = 3;

var seconds = double.Parse(Option("--seconds", "5"));
var rate = double.Parse(Option("--rate", "0"));
var runs = int.Parse(Option("--runs", "3"));
var durability = Option("--durability", "disk") == "process" ? LogDurability.Process : LogDurability.Disk;
var parent = Option("--dir", Path.GetTempPath());
var json = Encoding.UTF8.GetBytes(
    """{"sequence":1234,"source":"","start":1234.5,"end":1236.25,"text":"so what we could do is move the meeting","speaker_id":"spk_0","segment_id":"seg-321"}""");

if (args.Contains("--list"))
{
    await Listing.MeasureAsync(parent);
    return;
}

if (int.TryParse(Option("--read", ""), out var facts))
{
    await MeasureReadingAsync(facts);
    return;
}

Console.WriteLine("| streams | appends/s each | durability | facts/s (every run) | P50 ms | P99 ms | max ms |");
Console.WriteLine("|---:|---:|---|---:|---:|---:|---:|");
foreach (var streams in Option("--streams", "1,100,10000").Split(',').Select(int.Parse))
{
    var results = new List<Result>();
    for (var run = 0; run < runs; run++)
        results.Add(await MeasureAppendingAsync(streams));
    // The run in the middle, whole: medians of its columns would be of no run at all.
    var median = results.OrderBy(result => rate > 0 ? result.P99 : result.FactsPerSecond).ElementAt(results.Count / 2);
    var all = string.Join(" ", results.Select(result => $"{result.FactsPerSecond:N0}"));
    Console.WriteLine(
        $"| {streams:N0} | {(rate > 0 ? rate : "all it can")} | {durability} | {median.FactsPerSecond:N0} ({all}) | {median.P50:0.00} | {median.P99:0.00} | {median.Max:0.0} |");
}

async Task<Result> MeasureAppendingAsync(int streams)
{
    await using var file = new TemporaryLog(parent);
    await using var log = await file.OpenAsync(durability);
    var clock = Stopwatch.StartNew();
    var latencies = new List<double>[streams];
    await Task.WhenAll(Enumerable.Range(0, streams).Select(stream => Task.Run(
        () => rate > 0
            ? PaceAsync(log, stream, (double)stream / streams, clock, latencies[stream] = [])
            : PressAsync(log, stream, clock, latencies[stream] = []))));
    var elapsed = clock.Elapsed.TotalSeconds - (rate > 0 ? 1 : 0);
    var sorted = latencies.SelectMany(list => list).Order().ToArray();
    return new Result(sorted.Length * FactsPerAppend / elapsed, sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)], sorted[^1]);
}

async Task PressAsync(SqliteEventLog log, int stream, Stopwatch clock, List<double> latencies)
{
    var outstanding = new Queue<Task<double>>();
    for (long seq = 0; clock.Elapsed.TotalSeconds < seconds; seq += FactsPerAppend)
    {
        if (outstanding.Count == Outstanding)
            latencies.Add(await outstanding.Dequeue());
        outstanding.Enqueue(AppendAsync(log, stream, seq, clock));
    }
    latencies.AddRange(await Task.WhenAll(outstanding));
}

async Task PaceAsync(SqliteEventLog log, int stream, double phase, Stopwatch clock, List<double> latencies)
{
    for (var append = 0; clock.Elapsed.TotalSeconds < seconds; append++)
    {
        var due = TimeSpan.FromSeconds((append + phase) / rate) - clock.Elapsed;
        if (due > TimeSpan.Zero)
            await Task.Delay(due, TimeProvider.System);
        var latency = await AppendAsync(log, stream, append * FactsPerAppend, clock);
        // The first second makes the streams, and compiles.
        if (clock.Elapsed.TotalSeconds > 1)
            latencies.Add(latency);
    }
}

async Task<double> AppendAsync(SqliteEventLog log, int stream, long seq, Stopwatch clock)
{
    var records = Records(seq);
    var begin = clock.Elapsed;
    await log.AppendAsync($"str-{stream:x8}-0000-4000-8000-000000000000", 0, seq, records);
    return (clock.Elapsed - begin).TotalMilliseconds;
}

async Task MeasureReadingAsync(int facts)
{
    await using var file = new TemporaryLog(parent);
    await using (var log = await file.OpenAsync(LogDurability.Process))
    {
        for (long seq = 0; seq < facts; seq += FactsPerAppend)
            await log.AppendAsync("a", 0, seq, Records(seq));
        await log.SaveCheckpointAsync("a", 0, new LogCheckpoint(facts - 500, 1, new byte[20_000]));
    }
    Console.WriteLine("| a stream of | opening the log | its checkpoint and what follows | all of it |");
    Console.WriteLine("|---:|---:|---:|---:|");
    // The first is the process's own warming up.
    for (var run = 0; run < 4; run++)
    {
        var clock = Stopwatch.StartNew();
        await using var log = await file.OpenAsync(LogDurability.Process);
        var opened = clock.Elapsed;
        var checkpoint = await log.LoadCheckpointAsync("a");
        await foreach (var fact in log.ReadAsync("a", checkpoint!.Seq))
            _ = fact;
        var resumed = clock.Elapsed;
        await foreach (var fact in log.ReadAsync("a", 0))
            _ = fact;
        var read = clock.Elapsed;
        Console.WriteLine(
            $"| {facts:N0} facts | {opened.TotalMilliseconds:0.0} ms | {(resumed - opened).TotalMilliseconds:0.0} ms | {(read - resumed).TotalMilliseconds:0.0} ms |");
    }
}

LogRecord[] Records(long seq) =>
[
    new(seq + 1, (seq / FactsPerAppend) + 1, DateTimeOffset.UnixEpoch, "SEGMENT_FINALIZED", json),
    new(seq + 2, 0, DateTimeOffset.UnixEpoch, "CHUNK_ACCEPTED", json),
    new(seq + 3, 0, DateTimeOffset.UnixEpoch, "CHUNK_ACCEPTED", json),
];

string Option(string name, string otherwise) => args.SkipWhile(arg => arg != name).ElementAtOrDefault(1) ?? otherwise;
