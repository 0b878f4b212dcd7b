using System.Diagnostics;

/// <summary>
/// One very long stream, and others that talk at a steady rate: what each call about the long one costs the server in memory, and the others in time.
/// </summary>
internal static class Long
{
    private const double MostMegabytes = 64 * 1.048576;

    private static readonly string[] Calls =
    [
        "/transcript", "/transcript?format=jsonl", "/transcript?format=srt", "/transcript?format=vtt", "/transcript?format=txt", "/transcript?format=md",
        "/transcript?format=csv", "/results", "/events", "/context", "",
    ];

    public static async Task<bool> MeasureAsync(Options options)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"parley-long-{Guid.NewGuid():N}"));
        try
        {
            var chunks = options.Count("--chunks", 300_000);
            var stream = await PrepareAsync(options, folder.FullName, chunks);
            await using var server = await ServerProcess.StartAsync("parley", options, folder.FullName);
            return await MeasureAsync(server, options, stream, chunks);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> PrepareAsync(Options options, string folder, int chunks)
    {
        await using var server = await ServerProcess.StartAsync("parley", options, folder);
        using var http = Client(server);
        var started = Stopwatch.GetTimestamp();
        var stream = await LongStream.WriteAsync(http, chunks);
        var used = server.Read();
        Console.WriteLine(
            $"{chunks:N0} chunks in one stream, written in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s: {used.PeakMegabytes:0} MB resident at most.");
        return stream;
    }

    private static async Task<bool> MeasureAsync(ServerProcess server, Options options, string stream, int chunks)
    {
        var (streams, rate) = (options.Count("--streams", 100), options.Number("--rate", 4));
        var (length, rounds) = (TimeSpan.FromSeconds(options.Number("--seconds", 15)), options.Count("--rounds", 3));
        var rows = Calls.Select(call => (Alone: new Repeated(null), Beside: new Repeated(call))).ToList();
        var figures = new Figures();
        Line[] lines = [.. Enumerable.Range(0, streams).Select(number => new Line("parley", number, 1, figures))];
        using var http = Client(server);
        using var enough = new CancellationTokenSource();
        try
        {
            foreach (var line in lines) await line.OpenAsync(server.Socket, CancellationToken.None);
            var talking = Steady.PaceAsync([.. lines.Select(line => line.Talker)], figures, rate, enough.Token);
            // Compiles what the calls and the talking need: not measured.
            await new Repeated(null).RunAsync(http, stream, server, figures, TimeSpan.FromSeconds(options.Number("--warmup", 10)));
            foreach (var call in Calls) await new Repeated(call).RunAsync(http, stream, server, figures, TimeSpan.FromMilliseconds(1));
            for (var round = 0; round < rounds; round++)
            {
                foreach (var (alone, beside) in rows)
                {
                    await alone.RunAsync(http, stream, server, figures, length);
                    await beside.RunAsync(http, stream, server, figures, length);
                }
            }

            await enough.CancelAsync();
            await talking;
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var whole = await Task.WhenAll(lines.Select(line => line.EndAsync(patience.Token)));
            Console.WriteLine(
                $"{streams:N0} other streams, {rate:0.##} chunks/s each; {rounds} rounds of {length.TotalSeconds:0.#} s alone and {length.TotalSeconds:0.#} s beside each call.");
            Write(rows);
            return Check(rows, figures, whole.Count(isWhole => !isWhole));
        }
        finally
        {
            foreach (var line in lines) await line.CloseAsync();
        }
    }

    private static void Write(IEnumerable<(Repeated Alone, Repeated Beside)> rows)
    {
        Console.WriteLine();
        Console.WriteLine("| call | answers | refused | s each | MB each | server alone, MB at most | beside | more | others' finals alone, P50 ms | P99 | beside, P50 ms | P99 | max |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (alone, beside) in rows)
        {
            Console.WriteLine(
                $"| {beside.Name} | {beside.Answers} | {beside.Refused} | {beside.SecondsEach:0.00} | {beside.MegabytesEach:0.0} "
                + $"| {alone.PeakMegabytes:0} | {beside.PeakMegabytes:0} | {beside.PeakMegabytes - alone.PeakMegabytes:0} "
                + $"| {alone.Finals.At(0.5):0.0} | {alone.Finals.At(0.99):0.0} | {beside.Finals.At(0.5):0.0} | {beside.Finals.At(0.99):0.0} | {beside.Finals.Max:0.0} |");
        }

        Console.WriteLine();
    }

    // Memory fails the run; times are for a person to judge, on a machine that is quiet.
    private static bool Check(IReadOnlyList<(Repeated Alone, Repeated Beside)> rows, Figures figures, int incomplete)
    {
        foreach (var (alone, beside) in rows.Where(row => row.Beside.PeakMegabytes - row.Alone.PeakMegabytes > MostMegabytes))
            figures.Fault($"{beside.Name} takes more than 64 MiB");
        if (incomplete > 0) figures.Fault("stream that did not come to its end whole", incomplete);
        foreach (var (what, count) in figures.Faults) Console.WriteLine($"FAULT: {count:N0} times: {what}");
        return figures.Faults.IsEmpty;
    }

    private static HttpClient Client(ServerProcess server) => new() { BaseAddress = server.Url, Timeout = TimeSpan.FromMinutes(10) };
}
