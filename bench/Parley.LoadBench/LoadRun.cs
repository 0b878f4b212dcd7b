using System.Diagnostics;

/// <summary>What one run measured, between the end of the warm-up and the end of the talking.</summary>
internal sealed record LoadResult(
    Figures Figures, double Seconds, long Chunks, double MessagesIn, double MessagesOut,
    double ServerCores, double GeneratorCores, double OtherCores, ProcessReading Server, double? ManagedBytes, long Incomplete)
{
    public bool NothingLost => Figures.Faults.IsEmpty && Incomplete == 0;

    public double MessagesPerSecond => (MessagesIn + MessagesOut) / Seconds;
}

/// <summary>Streams on one server, from the first connection to the last final seen.</summary>
internal sealed class LoadRun(string kind, Options options)
{
    private readonly Figures _figures = new();
    private readonly double _warmup = options.Number("--warmup", 5);
    private readonly double _seconds = options.Number("--seconds", 20);
    private Line[] _lines = [];

    // talkAsync has the talkers talk until it is cancelled.
    public async Task<LoadResult> MeasureAsync(int streams, int viewers, Func<Talker[], Figures, CancellationToken, Task> talkAsync)
    {
        await using var server = await ServerProcess.StartAsync(kind, options);
        _lines = [.. Enumerable.Range(0, streams).Select(number => new Line(kind, number, viewers, _figures))];
        try
        {
            using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60)))
                await Parallel.ForEachAsync(_lines, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = patience.Token }, async (line, cancellationToken) => await line.OpenAsync(server.Socket, CancellationToken.None));
            return await TalkAsync(server, talkAsync);
        }
        finally
        {
            foreach (var line in _lines) await line.CloseAsync();
        }
    }

    private async Task<LoadResult> TalkAsync(ServerProcess server, Func<Talker[], Figures, CancellationToken, Task> talkAsync)
    {
        using var enough = new CancellationTokenSource();
        var talking = talkAsync([.. _lines.Select(line => line.Talker)], _figures, enough.Token);
        await Task.Delay(TimeSpan.FromSeconds(_warmup), TimeProvider.System);

        _figures.BeginMeasuring();
        var (started, before) = (Stopwatch.GetTimestamp(), Used(server));
        var (chunksBefore, inBefore, outBefore) = (Chunks(), _figures.In, _figures.Out);
        await Task.Delay(TimeSpan.FromSeconds(_seconds), TimeProvider.System);
        var (seconds, after) = (Stopwatch.GetElapsedTime(started).TotalSeconds, Used(server));
        var (chunks, messagesIn, messagesOut) = (Chunks() - chunksBefore, _figures.In - inBefore, _figures.Out - outBefore);
        var managed = await server.MetricAsync("dotnet_gc_last_collection_heap_size_bytes");

        await enough.CancelAsync();
        await talking;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var complete = await Task.WhenAll(_lines.Select(line => line.EndAsync(patience.Token)));
        var (ofServer, ofGenerator, ofAll) = ((after.Server - before.Server) / seconds, (after.Generator - before.Generator) / seconds, (after.All - before.All) / seconds);
        return new(
            _figures, seconds, chunks, messagesIn, messagesOut, ofServer, ofGenerator, Math.Max(0, ofAll - ofServer - ofGenerator),
            server.Read(), managed, complete.Count(whole => !whole));
    }

    private static (double Server, double Generator, double All) Used(ServerProcess server) =>
        (server.Read().ProcessorSeconds, Environment.CpuUsage.TotalTime.TotalSeconds, ProcessReading.WholeMachine());

    private long Chunks() => _lines.Sum(line => line.Talker.Acknowledged);
}
