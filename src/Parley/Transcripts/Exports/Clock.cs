using System.Globalization;

namespace Parley.Transcripts;

/// <summary>Times of a transcript in whole milliseconds, and how they are written.</summary>
internal static class Clock
{
    // 31,688 years, far below where the milliseconds would overflow.
    private const double LongestSec = 1e12;

    /// <summary>Returns a time in milliseconds, at least 0. It is rounded before it is split: 59.9996 s is a minute.</summary>
    public static long Milliseconds(double seconds) =>
        (long)Math.Round(Math.Clamp(seconds, 0, LongestSec) * 1000, MidpointRounding.AwayFromZero);

    /// <summary>Returns a time as <c>hh:mm:ss.mmm</c>; hours take the digits they need.</summary>
    public static string Text(long milliseconds, char point = '.')
    {
        var (seconds, fraction) = Math.DivRem(milliseconds, 1000);
        return string.Create(
            CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}{point}{fraction:000}");
    }
}
