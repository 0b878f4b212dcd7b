/// <summary>As much as the server takes: a window of chunks under way in each stream, on Parley and on the bare echo in turn.</summary>
internal static class Saturate
{
    public static async Task<bool> MeasureAsync(Options options)
    {
        var (streams, viewers, window) = (options.Count("--streams", 1000), options.Count("--viewers", 0), options.Count("--window", 4));
        var whole = true;
        var ratios = new List<double>();
        Console.WriteLine($"{streams:N0} streams, {viewers} viewers each, {window} chunks under way in each.");
        Console.WriteLine();
        Console.WriteLine("| server | chunks/s | messages in/s | out/s | in and out/s | acknowledged P50 | P99 | P99.9 | max ms | server, cores | generator | all else | server MB |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (var round = 1; round <= options.Count("--rounds", 3); round++)
        {
            if (options.Text("--server", "") is { Length: > 0 } only)
            {
                whole &= Report.Losses(await MeasureAsync(only, options, streams, viewers, window));
                continue;
            }

            var echo = await MeasureAsync("echo", options, streams, viewers, window);
            var parley = await MeasureAsync("parley", options, streams, viewers, window);
            whole &= Report.Losses(echo) & Report.Losses(parley);
            ratios.Add(parley.MessagesPerSecond / echo.MessagesPerSecond);
        }

        if (ratios.Count == 0) return whole;
        Console.WriteLine();
        Console.WriteLine($"parley / echo, messages in and out: {string.Join(", ", ratios.Select(ratio => $"{ratio:0.00}"))}; median {ratios.Order().ElementAt(ratios.Count / 2):0.00}");
        return whole;
    }

    private static async Task<LoadResult> MeasureAsync(string kind, Options options, int streams, int viewers, int window)
    {
        var result = await new LoadRun(kind, options).MeasureAsync(streams, viewers, async (talkers, _, stop) =>
        {
            foreach (var talker in talkers) talker.KeepUnderWay(window);
            var stopped = new TaskCompletionSource();
            await using var stopping = stop.Register(stopped.SetResult);
            await stopped.Task;
            foreach (var talker in talkers) talker.Stop();
        });
        Console.WriteLine(
            $"| {kind} | {result.Chunks / result.Seconds:N0} | {result.MessagesIn / result.Seconds:N0} | {result.MessagesOut / result.Seconds:N0} | {result.MessagesPerSecond:N0} | {result.Figures.Acknowledged} | {result.ServerCores:0.00} | {result.GeneratorCores:0.00} | {result.OtherCores:0.00} | {result.Server.PeakMegabytes:0} |");
        return result;
    }
}
