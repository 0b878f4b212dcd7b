using System.Diagnostics;
using Parley.Conversations.Running;
using Parley.Log;

/// <summary>A stream of six hours found again: by other processes, each for the first thing it does, and by another directory of this one; with its last checkpoint and from the start.</summary>
internal static class Reopening
{
    private const int Runs = 6;

    // What one chunk of this talk may bring.
    private const int MostFactsOfChunk = 6;

    public static async Task MeasureAsync(Options options)
    {
        Console.WriteLine("| chunks | facts | checkpoint | its bytes | first of a process, ms, every process | again in one process, ms, every run |");
        Console.WriteLine("|---:|---:|---|---:|---|---|");
        foreach (var every in (int[])[options.Run().CheckpointEvery, int.MaxValue])
        {
            using var file = new TemporaryLog(options);
            var (chunks, stream) = (options.Count("--chunks", 23_800), Talk.Stream(0));
            await using var log = await file.OpenAsync();
            // Never put away: what follows the last checkpoint is read, as after a kill.
            var directory = new ConversationDirectory(log, new ConversationOptions { CheckpointEvery = every });
            await directory.OpenAsync(stream);
            foreach (var batch in Enumerable.Range(1, chunks).Chunk(200))
                await Task.WhenAll(batch.Select(sequence => directory.SayAsync(stream, Talk.Chunk(sequence))));
            chunks = await GoToWorstPlaceAsync(log, directory, stream, chunks, every);

            var first = Enumerable.Range(0, Runs).Select(_ => FindElsewhere(options, file)).ToArray();
            var again = new double[Runs];
            for (var run = 0; run < Runs; run++) again[run] = await FindAsync(log, stream, chunks);
            var (head, checkpoint) = (await log.FindAsync(stream), await log.LoadCheckpointAsync(stream));
            Console.WriteLine(
                $"| {chunks:N0} | {head!.Seq:N0} | {(checkpoint is null ? "none" : $"at {checkpoint.Seq:N0}")} | {checkpoint?.State.Length ?? 0:N0} | {string.Join(" ", first)} | {string.Join(" ", again.Select(ms => $"{ms:0.0}"))} |");
        }
    }

    /// <summary>The first thing that a process does: says how many milliseconds it took.</summary>
    public static async Task MeasureFirstAsync(Options options)
    {
        using var file = new TemporaryLog(options);
        await using var log = await file.OpenAsync();
        Console.Write($"{await FindAsync(log, Talk.Stream(0)):0.0}");
    }

    private static async Task<double> FindAsync(IEventLog log, string stream, int? chunks = null)
    {
        var clock = Stopwatch.StartNew();
        // Left as it is: put away, it would save a checkpoint.
        var directory = new ConversationDirectory(log);
        var expected = await directory.ReadAsync(stream, state => state.ExpectedSequence(""));
        var took = clock.Elapsed.TotalMilliseconds;
        return expected > 1 && (chunks is null || expected == chunks + 1) ? took : throw new InvalidOperationException($"It waits for {expected}.");
    }

    private static string FindElsewhere(Options options, TemporaryLog file)
    {
        using var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!, ["first", "--log", file.Path, "--durability", options.Text("--durability", "disk")])
        {
            RedirectStandardOutput = true,
        })!;
        var took = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? took : throw new InvalidOperationException("The other process did not find it.");
    }

    // As many facts after the last checkpoint as there can be: one more chunk might make another.
    private static async Task<int> GoToWorstPlaceAsync(IEventLog log, ConversationDirectory directory, string stream, int chunks, int every)
    {
        while (await log.LoadCheckpointAsync(stream) is { } checkpoint && (await log.FindAsync(stream))!.Seq - checkpoint.Seq < every - MostFactsOfChunk)
            await directory.SayAsync(stream, Talk.Chunk(++chunks));
        return chunks;
    }
}
