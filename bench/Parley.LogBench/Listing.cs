using System.Diagnostics;
using Parley.Log;
using Parley.Storage.Sqlite;

/// <summary>What a page of a tenant's streams costs, among few streams and among many.</summary>
internal static class Listing
{
    private const int Pages = 400;

    public static async Task MeasureAsync(string parent)
    {
        Console.WriteLine("| log | streams | tenants | page of | newest, µs | in the middle, µs | of a state, µs | of a label, µs |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        // The first is the process's own warming up.
        foreach (var (streams, tenants, limit) in new[] { (100, 50, 2), (100, 50, 2), (10_000, 50, 2), (100, 2, 50), (10_000, 50, 50) })
        {
            await using var file = new TemporaryLog(parent);
            await using (var sqlite = await file.OpenAsync(LogDurability.Process))
                await MeasureAsync("SQLite", sqlite, streams, tenants, limit);
            await using var memory = new MemoryEventLog();
            await MeasureAsync("memory", memory, streams, tenants, limit);
        }
    }

    private static async Task MeasureAsync(string name, IEventLog log, int streams, int tenants, int limit)
    {
        await FillAsync(log, streams, tenants);
        var newest = new StreamQuery("tenant-1") { NewestFirst = true, Limit = limit };
        var half = await log.ListAsync(newest with { Limit = Math.Max(1, streams / tenants / 2) });
        var figures = new List<double>();
        StreamQuery[] queries =
        [
            newest, newest with { After = half.Streams[^1] }, newest with { State = StreamState.Ended }, newest with { Label = "half" },
        ];
        foreach (var query in queries) figures.Add(await MeasureAsync(log, query));
        var row = string.Join(" | ", figures.Select(figure => $"{figure:0}"));
        Console.WriteLine($"| {name} | {streams:N0} | {tenants} | {limit} | {row} |");
    }

    private static async Task<double> MeasureAsync(IEventLog log, StreamQuery query)
    {
        var times = new List<double>(Pages);
        for (var page = 0; page < Pages; page++)
        {
            var started = Stopwatch.GetTimestamp();
            await log.ListAsync(query);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }

        return times.Order().ElementAt(Pages / 2);
    }

    private static async Task FillAsync(IEventLog log, int streams, int tenants)
    {
        await Parallel.ForAsync(0, streams, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (number, _) =>
        {
            var stream = $"tenant-{number % tenants}/str-{number:x8}-0000-4000-8000-000000000000";
            var at = DateTimeOffset.UnixEpoch.AddSeconds(number);
            var ends = number / tenants % 2 == 1;
            var metadata = ends ? new StreamMetadata { Labels = ["half"] } : null;
            var last = ends ? LogRecord.EndOfStream : "TEST";
            LogRecord[] records = [new(1, 0, at, "opened", "{}"u8.ToArray()), new(2, 1, at, last, "{}"u8.ToArray())];
            await log.AppendAsync(stream, 0, 0, records, new StreamChange { Metadata = metadata }, CancellationToken.None);
        });
    }
}
