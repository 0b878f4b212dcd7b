using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

/// <summary>The server under load, in a process of its own, with its data in a folder that goes with it unless it was given one.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly string _folder;
    private readonly bool _isFolderKept;
    private readonly Process _process;

    private ServerProcess(string kind, Options options, string? folder)
    {
        _isFolderKept = folder is not null;
        _folder = folder ?? Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"parley-load-{Guid.NewGuid():N}")).FullName;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        }

        string[] arguments = kind == "echo"
            ? [Path.Combine(AppContext.BaseDirectory, "Parley.LoadBench.dll"), "echo-server", "--url", Url.ToString()]
            : [options.Text("--parley", Path.Combine(AppContext.BaseDirectory, "../../Parley.Cli/release/Parley.Cli.dll")), "serve", "--urls", Url.ToString(), "--data", _folder, .. options.Text("--serve", "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        _process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, WorkingDirectory = _folder })!;
        // What it prints is not waited for, so that it never waits for us.
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
    }

    public Uri Url { get; }

    public Uri Socket => new(Url, "/stream");

    /// <summary>Starts a server.</summary>
    /// <param name="kind">parley or echo.</param>
    /// <param name="options">What was said on the command line.</param>
    /// <param name="folder">A folder with data, which stays; null for a new one.</param>
    public static async Task<ServerProcess> StartAsync(string kind, Options options, string? folder = null)
    {
        var server = new ServerProcess(kind, options, folder);
        try
        {
            await server.WaitUntilItAnswersAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public ProcessReading Read() => ProcessReading.Of(_process);

    /// <summary>The sum of a metric's values where the server has one, in its own unit.</summary>
    public async Task<double?> MetricAsync(string name)
    {
        using var http = new HttpClient { BaseAddress = Url };
        var response = await http.GetAsync("/metrics");
        if (!response.IsSuccessStatusCode) return null;
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n')
            .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal)).ToArray();
        return lines.Length == 0 ? null : lines.Sum(line => double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture));
    }

    /// <summary>Asks it to stop, as an init system would; kills it where it has not after ten seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Console.Error.WriteLine("The server did not stop within ten seconds of being asked to.");
                _process.Kill();
                await _process.WaitForExitAsync();
            }
        }

        _process.Dispose();
        if (!_isFolderKept) Directory.Delete(_folder, recursive: true);
    }

    private async Task WaitUntilItAnswersAsync()
    {
        using var http = new HttpClient { BaseAddress = Url };
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (_process.HasExited) throw new IOException($"The server stopped with exit code {_process.ExitCode}.");
            try
            {
                // Whatever it answers: it listens once it is ready.
                using var answer = await http.GetAsync("/healthz", patience.Token);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
            }
        }
    }
}
