using System.Globalization;

namespace Parley.Cli.Display;

/// <summary>Audio time as people read it: <c>01:02.5</c>, with hours where there are any.</summary>
internal static class Clock
{
    public static string Of(double seconds)
    {
        var tenths = (long)Math.Clamp(Math.Round(Math.Abs(seconds) * 10), 0, 1e15);
        var (minutes, rest) = Math.DivRem(tenths, 600);
        var (hours, minute) = Math.DivRem(minutes, 60);
        var sign = seconds < 0 && tenths > 0 ? "-" : "";
        return hours == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{sign}{minute:00}:{rest / 10:00}.{rest % 10}")
            : string.Create(CultureInfo.InvariantCulture, $"{sign}{hours}:{minute:00}:{rest / 10:00}.{rest % 10}");
    }
}
