using System.Diagnostics;
using System.Globalization;
using System.Text;
using Parley.Log;
using Parley.Storage.Sqlite;

// Facts a second through the log in SQLite, acknowledged at commit: STREAMS callers, each with up to 4 appends of 3 facts outstanding.
// Usage: Parley.LogBench [--streams N,N,…] [--seconds S] [--runs N] [--durability disk|process] [--dir DIR]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Outstanding = 4;
const int FactsPerAppend = 3;

var streamCounts = Option("--streams", "1,100,10000").Split(',').Select(int.Parse).ToArray();
var seconds = double.Parse(Option("--seconds", "5"));
var runs = int.Parse(Option("--runs", "3"));
var durability = Option("--durability", "disk") == "process" ? LogDurability.Process : LogDurability.Disk;
var directory = Option("--dir", Path.GetTempPath());
var json = Encoding.UTF8.GetBytes("""{"sequence":1234,"source":"","start":1234.5,"end":1236.25,"text":"so what we could do is move the meeting","speaker_id":"spk_0","segment_id":"seg-321"}""");

Console.WriteLine("| streams | durability | facts/s | appends/s | P50 ms | P99 ms | max ms |");
Console.WriteLine("|---:|---|---:|---:|---:|---:|---:|");
foreach (var streams in streamCounts)
{
    var results = new List<Result>();
    for (var run = 0; run < runs; run++)
        results.Add(await MeasureAsync(streams));
    // The run in the middle, whole: medians of its columns would be of no run at all.
    var median = results.OrderBy(result => result.FactsPerSecond).ElementAt(results.Count / 2);
    var all = string.Join(" ", results.Select(result => $"{result.FactsPerSecond:N0}"));
    Console.WriteLine($"| {streams:N0} | {durability} | {median.FactsPerSecond:N0} ({all}) | {median.FactsPerSecond / FactsPerAppend:N0} | {median.P50:0.00} | {median.P99:0.00} | {median.Max:0.0} |");
}

async Task<Result> MeasureAsync(int streams)
{
    var path = Path.Combine(directory, $"parley-log-bench-{Guid.NewGuid():N}");
    Directory.CreateDirectory(path);
    try
    {
        await using var log = await SqliteEventLog.OpenAsync(new SqliteLogOptions { Path = Path.Combine(path, "log.db"), Durability = durability });
        var clock = Stopwatch.StartNew();
        var latencies = new List<double>[streams];
        await Task.WhenAll(Enumerable.Range(0, streams).Select(stream => Task.Run(() => FeedAsync(log, stream, clock, latencies[stream] = []))));
        var elapsed = clock.Elapsed.TotalSeconds;
        var sorted = latencies.SelectMany(list => list).Order().ToArray();
        return new Result(
            sorted.Length * FactsPerAppend / elapsed, sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)], sorted[^1]);
    }
    finally
    {
        Directory.Delete(path, recursive: true);
    }
}

async Task FeedAsync(SqliteEventLog log, int stream, Stopwatch clock, List<double> latencies)
{
    var name = $"str-{stream:x8}-0000-4000-8000-000000000000";
    var outstanding = new Queue<Task<double>>();
    for (long seq = 0; clock.Elapsed.TotalSeconds < seconds; seq += FactsPerAppend)
    {
        if (outstanding.Count == Outstanding)
            latencies.Add(await outstanding.Dequeue());
        outstanding.Enqueue(AppendAsync(log, name, seq, clock));
    }
    foreach (var append in outstanding)
        latencies.Add(await append);
}

async Task<double> AppendAsync(SqliteEventLog log, string stream, long seq, Stopwatch clock)
{
    var records = new LogRecord[FactsPerAppend];
    for (var i = 0; i < FactsPerAppend; i++)
        records[i] = new LogRecord(seq + 1 + i, i == 0 ? (seq / FactsPerAppend) + 1 : 0, DateTimeOffset.UnixEpoch, "CHUNK_ACCEPTED", json);
    var begin = clock.Elapsed;
    await log.AppendAsync(stream, seq, records);
    return (clock.Elapsed - begin).TotalMilliseconds;
}

string Option(string name, string otherwise) => args.SkipWhile(arg => arg != name).ElementAtOrDefault(1) ?? otherwise;

internal sealed record Result(double FactsPerSecond, double P50, double P99, double Max);
