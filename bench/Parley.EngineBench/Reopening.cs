using System.Diagnostics;
using Parley.Conversations;

/// <summary>A stream of six hours found again by another process's directory, with its last checkpoint and from the start.</summary>
internal static class Reopening
{
    public static async Task MeasureAsync(Options options)
    {
        Console.WriteLine("| chunks | facts | checkpoint | its bytes | reopened in ms, every run, the first compiles |");
        Console.WriteLine("|---:|---:|---|---:|---|");
        foreach (var every in (int[])[1000, int.MaxValue])
        {
            using var file = new TemporaryLog(options);
            var (chunks, stream) = (options.Count("--chunks", 23_800), Talk.Stream(0));
            await using var log = await file.OpenAsync();
            // Never put away: what follows the last checkpoint is read, as after a kill. The default count leaves nearly all there can be.
            var directory = new ConversationDirectory(log, new ConversationOptions { CheckpointEvery = every });
            await directory.OpenAsync(stream);
            foreach (var batch in Enumerable.Range(1, chunks).Chunk(200))
                await Task.WhenAll(batch.Select(sequence => directory.PostAsync(stream, Talk.Chunk(sequence))));
            var times = new List<double>();
            for (var run = 0; run < 6; run++)
            {
                var clock = Stopwatch.StartNew();
                var other = new ConversationDirectory(log, new ConversationOptions { CheckpointEvery = int.MaxValue });
                var expected = await other.ReadAsync(stream, state => state.ExpectedSequence(""));
                times.Add(clock.Elapsed.TotalMilliseconds);
                if (expected != chunks + 1) throw new InvalidOperationException($"It waits for {expected}.");
            }

            var head = await log.FindAsync(stream);
            var checkpoint = await log.LoadCheckpointAsync(stream);
            Console.WriteLine(
                $"| {chunks:N0} | {head!.Seq:N0} | {(checkpoint is null ? "none" : $"at {checkpoint.Seq:N0}")} | {checkpoint?.State.Length ?? 0:N0} | {string.Join(" ", times.Select(time => $"{time:0.0}"))} |");
        }
    }
}
