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
}
