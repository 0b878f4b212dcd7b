using System.Globalization;

namespace Parley.Transcripts;

/// <summary>Reads the line with the times of a cue: <c>00:00:01,000 --> 00:00:02,500</c>, as SubRip, WebVTT and their tools write it.</summary>
internal static class CueTimes
{
    private const string Arrow = "-->";

    /// <summary>Whether a line is meant to have the times of a cue.</summary>
    public static bool IsTimes(ReadOnlySpan<char> line) => line.Contains(Arrow, StringComparison.Ordinal);

    /// <summary>Reads both times; one that cannot be read is not a number. What stands behind them is settings of the cue.</summary>
    public static (double Start, double End) Read(ReadOnlySpan<char> line)
    {
        var at = line.IndexOf(Arrow, StringComparison.Ordinal);
        var behind = line[(at + Arrow.Length)..].Trim();
        var space = behind.IndexOfAny(' ', '\t');
        return (Seconds(line[..at].Trim()), Seconds(space < 0 ? behind : behind[..space]));
    }

    /// <summary>Reads <c>hh:mm:ss.mmm</c>, the hours and the fraction if they are there; not a number for anything else.</summary>
    public static double Seconds(ReadOnlySpan<char> time)
    {
        var seconds = 0.0;
        var parts = 0;
        while (true)
        {
            var colon = time.IndexOf(':');
            var part = colon < 0 ? time : time[..colon];
            if (++parts > 3 || !TryRead(part, isLast: colon < 0, out var value)) return double.NaN;
            seconds = (seconds * 60) + value;
            if (colon < 0) return parts == 1 ? double.NaN : Math.Round(seconds, 6);
            time = time[(colon + 1)..];
        }
    }

    private static bool TryRead(ReadOnlySpan<char> part, bool isLast, out double value)
    {
        value = 0;
        if (part.Length is 0 or > 12 || part.ContainsAnyExcept("0123456789.,")) return false;
        if (!isLast) return double.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        Span<char> pointed = stackalloc char[part.Length];
        part.Replace(pointed, ',', '.');
        return double.TryParse(pointed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }
}
