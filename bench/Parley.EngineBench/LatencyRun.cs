using System.Diagnostics;
using Parley.Conversations.Running;
using Parley.Log;

/// <summary>
/// One run. Streams speak by one clock, evenly spread, and each is at another place of its talk. Latencies count from the moment a chunk was due: what
/// holds up the speaker too, such as a collection, is in them.
/// </summary>
internal sealed class LatencyRun(IEventLog log, ConversationOptions run, int streams, double rate, double seconds)
{
    // Streams come to be and code is compiled in the first seconds.
    private const double Warmup = 3;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<double>[] _acknowledged = [.. Enumerable.Range(0, streams).Select(_ => new List<double>((int)(rate * seconds) + 8))];
    private readonly List<double>[] _finals = [.. Enumerable.Range(0, streams).Select(_ => new List<double>((int)(rate * seconds) + 8))];
    private double _begin;
    private int _underway;

    public async Task<LatencyResult> MeasureAsync()
    {
        await using var directory = new ConversationDirectory(log, run);
        for (var i = 0; i < streams; i++) await directory.OpenAsync(Talk.Stream(i));
        using var done = new CancellationTokenSource();
        var viewers = Enumerable.Range(0, streams).Select(stream => Task.Run(() => ViewAsync(directory, stream, done.Token))).ToArray();
        while (directory.Feed.Viewers < streams) await Task.Yield();
        _begin = _clock.Elapsed.TotalSeconds;
        var used = UsedAsync();
        await Task.Factory.StartNew(() => Speak(directory), TaskCreationOptions.LongRunning);
        while (Volatile.Read(ref _underway) > 0) await Task.Yield();
        await done.CancelAsync();
        await Task.WhenAll(viewers);
        var acknowledged = new Percentiles(_acknowledged.SelectMany(list => list));
        return (await used) with { Acknowledged = acknowledged, Finals = new(_finals.SelectMany(list => list)), Rate = acknowledged.Count / seconds };
    }

    private async Task<LatencyResult> UsedAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(Warmup), TimeProvider.System);
        var (cores, paused, collections) = (Environment.CpuUsage.TotalTime, GC.GetTotalPauseDuration(), Collections());
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        return new(
            new([]), new([]), 0, (Environment.CpuUsage.TotalTime - cores).TotalSeconds / seconds,
            [.. Collections().Zip(collections, (after, before) => after - before)], (GC.GetTotalPauseDuration() - paused).TotalMilliseconds / seconds);
    }

    // A collection of a generation counts for those below it, too.
    private static int[] Collections() => [GC.CollectionCount(0) - GC.CollectionCount(1), GC.CollectionCount(1) - GC.CollectionCount(2), GC.CollectionCount(2)];

    private double Due(int stream, long sequence) => _begin + ((sequence - 1 + ((double)stream / streams)) / rate);

    // One thread for all: a timer for each stream would cost more than the stream, and is as coarse as the kernel's ticks.
    private void Speak(ConversationDirectory directory)
    {
        for (var sequence = 1; (sequence - 1) / rate <= Warmup + seconds; sequence++)
        {
            for (var stream = 0; stream < streams; stream++)
            {
                while (Due(stream, sequence) > _clock.Elapsed.TotalSeconds) Nap();
                Interlocked.Increment(ref _underway);
                _ = SayAsync(directory, stream, sequence);
            }
        }
    }

#pragma warning disable RS0030 // This is the signal: the time.
    private static void Nap() => Thread.Sleep(1);
#pragma warning restore RS0030

    private async Task SayAsync(ConversationDirectory directory, int stream, int sequence)
    {
        await directory.SayAsync(Talk.Stream(stream), Talk.Chunk(sequence, stream));
        Note(_acknowledged[stream], Due(stream, sequence));
        Interlocked.Decrement(ref _underway);
    }

    private async Task ViewAsync(ConversationDirectory directory, int stream, CancellationToken done)
    {
        long closing = 0;
        try
        {
            await foreach (var shown in directory.FollowAsync(Talk.Stream(stream), 0, done))
            {
                if (shown.Type != "FINALIZED") continue;
                closing = Talk.NextClosing(closing, stream);
                Note(_finals[stream], Due(stream, closing));
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private void Note(List<double> latencies, double due)
    {
        var latency = (_clock.Elapsed.TotalSeconds - due) * 1000;
        if (due - _begin <= Warmup) return;
        // Two chunks of one commit are answered at the same time.
        lock (latencies) latencies.Add(latency);
    }
}
