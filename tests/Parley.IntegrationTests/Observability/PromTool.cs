using System.ComponentModel;
using System.Diagnostics;

namespace Parley.IntegrationTests.Observability;

/// <summary>Prometheus's own checks.</summary>
internal static class PromTool
{
    private const string Name = "promtool";

    /// <summary>Whether it is installed.</summary>
    public static bool IsHere => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, Name)));

    /// <summary>What it has to say about a scrape; empty where all is well.</summary>
    public static Task<string> CheckAsync(string scrape) => RunAsync(["check", "metrics"], scrape);

    /// <summary>All that it says.</summary>
    public static async Task<string> RunAsync(string[] arguments, string input = "")
    {
        var start = new ProcessStartInfo(Name, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new Win32Exception($"{Name} did not start.");
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return string.Concat(said) + (process.ExitCode == 0 ? "" : $" exit {process.ExitCode}");
    }
}
