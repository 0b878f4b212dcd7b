using System.Diagnostics;
using System.Globalization;

namespace Parley.IntegrationTests.Server;

/// <summary><c>parley serve</c> as a process of its own, on a port of this machine.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _log;

    private ServeProcess(Process process, string url)
    {
        (_process, Url) = (process, new Uri(url));
        _log = process.StandardError.ReadToEndAsync(CancellationToken.None);
        Http = new HttpClient { BaseAddress = Url };
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    public Uri Socket => new UriBuilder(Url) { Scheme = "ws", Path = "/stream" }.Uri;

    public HttpClient Http { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a server that listens.</summary>
    /// <param name="files">The most files that it may have open; null for no other limit than the test's own.</param>
    /// <param name="settings">Settings of the section Parley, such as <c>("ViewerCapacity", "4")</c>.</param>
    public static Task<ServeProcess> StartAsync(int? files = null, params (string Key, string Value)[] settings) =>
        StartAsync(Start(files, settings));

    /// <summary>Starts a server that listens.</summary>
    /// <param name="arguments">More arguments of the command.</param>
    /// <param name="settings">Settings of the section Parley.</param>
    public static Task<ServeProcess> StartAsync(string arguments, params (string Key, string Value)[] settings) =>
        StartAsync(Start(files: null, settings, arguments));

    private static async Task<ServeProcess> StartAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync(Cancel) is { } line)
        {
            if (line.Split("  page") is [_, var url]) return new ServeProcess(process, url.Trim());
        }

        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(Cancel));
    }

    /// <summary>Starts one that cannot run, and returns how it ended.</summary>
    public static async Task<(int ExitCode, string Error)> FailAsync(int? files = null, params (string Key, string Value)[] settings)
    {
        using var process = Start(files, settings);
        var error = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, error);
    }

    /// <summary>Sends it a signal, such as <c>TERM</c>.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancel);
    }

    /// <summary>Waits until it has ended, and returns its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(Cancel);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        await _log;
        _process.Dispose();
    }

    private static Process Start(int? files, (string Key, string Value)[] settings, string arguments = "")
    {
        var limit = files is { } most ? string.Create(CultureInfo.InvariantCulture, $"ulimit -n {most}; ") : "";
        var command = $"{limit}exec dotnet '{Path.Combine(AppContext.BaseDirectory, "Parley.Cli.dll")}' serve --urls http://127.0.0.1:0 {arguments}";
        var start = new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in settings) start.Environment[$"Parley__{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        return Process.Start(start)!;
    }
}
