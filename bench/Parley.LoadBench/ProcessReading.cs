using System.Diagnostics;
using System.Globalization;

/// <summary>What a process has used, from <c>/proc</c>.</summary>
internal sealed record ProcessReading(double ProcessorSeconds, double ResidentMegabytes, double PeakMegabytes)
{
    public static ProcessReading Of(Process process)
    {
        process.Refresh();
        var status = File.ReadAllLines($"/proc/{process.Id}/status");
        return new(process.TotalProcessorTime.TotalSeconds, Megabytes("VmRSS:"), Megabytes("VmHWM:"));

        double Megabytes(string name) =>
            double.Parse(status.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..^2], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    /// <summary>Seconds that all processors together have worked, for anybody on this machine or, stolen, on the one below it.</summary>
    public static double WholeMachine()
    {
        // user, nice, system, idle, iowait, irq, softirq, steal: in hundredths.
        var times = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(time => double.Parse(time, CultureInfo.InvariantCulture)).ToArray();
        return (times.Sum() - times[3] - times[4]) / 100;
    }
}
