using System.Diagnostics;
using Parley.Conversations.Running;

/// <summary>Streams that talk as fast as they are acknowledged, up to four chunks of each under way.</summary>
internal static class Throughput
{
    private const int Outstanding = 4;

    public static async Task MeasureAsync(Options options)
    {
        var streams = options.Count("--streams", 100);
        var seconds = options.Number("--seconds", 4);
        Console.WriteLine("| streams | log | chunks/s | facts/s | processor per chunk, µs | allocated per chunk, kB |");
        Console.WriteLine("|---:|---|---:|---:|---:|---:|");
        for (var run = 0; run < options.Count("--runs", 3); run++)
        {
            using var file = new TemporaryLog(options);
            await using var log = await file.OpenAsync();
            await using var directory = new ConversationDirectory(log, options.Run());
            var clock = Stopwatch.StartNew();
            var (processor, bytes) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
            var chunks = await Task.WhenAll(Enumerable.Range(0, streams).Select(stream => Task.Run(() => PressAsync(directory, stream, clock, seconds))));
            var elapsed = clock.Elapsed.TotalSeconds;
            (processor, bytes) = (Environment.CpuUsage.TotalTime - processor, GC.GetTotalAllocatedBytes() - bytes);
            var facts = await log.ListAsync().Select(head => head.Seq).SumAsync();
            Console.WriteLine($"| {streams:N0} | {file.Durability} | {chunks.Sum() / elapsed:N0} | {facts / elapsed:N0} | {processor.TotalMicroseconds / chunks.Sum():0} | {bytes / 1000.0 / chunks.Sum():0.0} |");
        }
    }

    private static async Task<long> PressAsync(ConversationDirectory directory, int stream, Stopwatch clock, double seconds)
    {
        var name = Talk.Stream(stream);
        await directory.OpenAsync(name);
        var outstanding = new Queue<Task>();
        long sequence = 0;
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            if (outstanding.Count == Outstanding) await outstanding.Dequeue();
            outstanding.Enqueue(directory.SayAsync(name, Talk.Chunk(++sequence)));
        }

        await Task.WhenAll(outstanding);
        return sequence;
    }
}
