using System.Diagnostics;

/// <summary>
/// One call about a long stream, made again and again, at most 20 times a second, and what the server and other streams did meanwhile.
/// </summary>
/// <param name="path">What is called, behind the stream's address; null for nothing: the streams are alone.</param>
internal sealed class Repeated(string? path)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private double _seconds;
    private double _bytes;

    /// <summary>What is called.</summary>
    public string Name => path switch { null => "none", "" => "the stream", _ => path };

    /// <summary>The number of answers.</summary>
    public int Answers { get; private set; }

    /// <summary>The number of calls that were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>The highest resident size of the server, in megabytes.</summary>
    public double PeakMegabytes { get; private set; }

    /// <summary>How long the finals of other streams took.</summary>
    public Histogram Finals { get; } = new();

    public double SecondsEach => Answers == 0 ? 0 : _seconds / Answers;

    public double MegabytesEach => Answers == 0 ? 0 : _bytes / Answers / 1e6;

    /// <summary>Makes the call, one after the other, for a while. The last one is waited for.</summary>
    public async Task RunAsync(HttpClient http, string stream, ServerProcess server, Figures figures, TimeSpan length)
    {
        using var enough = new CancellationTokenSource(length);
        var looking = LookAsync(server, enough.Token);
        figures.BeginMeasuring();
        while (path is not null && !enough.IsCancellationRequested)
        {
            var pause = Task.Delay(Pause, TimeProvider.System);
            await CallAsync(http, $"/v1/streams/{stream}{path}");
            await pause;
        }

        await looking;
        figures.Final.MoveTo(Finals);
    }

    private async Task CallAsync(HttpClient http, string address)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        if (!answer.IsSuccessStatusCode)
        {
            Refused++;
            return;
        }

        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[1 << 16];
        for (int read; (read = await body.ReadAsync(buffer)) > 0;) _bytes += read;
        _seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
        Answers++;
    }

    private async Task LookAsync(ServerProcess server, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            PeakMegabytes = Math.Max(PeakMegabytes, server.Read().ResidentMegabytes);
            await Task.Delay(Pause, TimeProvider.System, enough).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
