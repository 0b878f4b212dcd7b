using System.Buffers;
using System.Globalization;

namespace Parley.Transcripts;

/// <summary>
/// Reads the line with the times of a cue: <c>00:00:01,000 --> 00:00:02,500</c>, as SubRip, WebVTT and their tools write it.
/// </summary>
internal static class CueClock
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.,");

    private const string Arrow = "-->";

    private static readonly string[] Settings = ["vertical", "line", "position", "size", "align", "region", "X1", "X2", "Y1", "Y2"];

    /// <summary>The times of a cue; one that cannot be read is not a number.</summary>
    /// <param name="Start">Where it starts, in seconds.</param>
    /// <param name="End">Where it ends.</param>
    /// <param name="Before">What stands in front of them, where a line end is missing; otherwise empty.</param>
    /// <param name="Behind">What stands behind them and is no setting.</param>
    public readonly record struct Line(double Start, double End, string Before, string Behind);

    /// <summary>Whether a line is meant to have the times of a cue.</summary>
    public static bool IsTimes(string line)
    {
        var at = line.IndexOf(Arrow, StringComparison.Ordinal);
        if (at < 0) return false;
        var (_, start) = LastWord(line[..at]);
        return start is [>= '0' and <= '9', ..] || line[(at + Arrow.Length)..].TrimStart() is [>= '0' and <= '9', ..];
    }

    /// <summary>Reads the line with the times of a cue.</summary>
    public static Line Read(string line)
    {
        var at = line.IndexOf(Arrow, StringComparison.Ordinal);
        var (before, start) = LastWord(line[..at]);
        var words = line[(at + Arrow.Length)..].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var behind = words.Skip(1).SkipWhile(IsSetting);
        return new(Seconds(start), words.Length == 0 ? double.NaN : Seconds(words[0]), before, string.Join(' ', behind));
    }

    private static (string Before, string Word) LastWord(string text)
    {
        var trimmed = text.TrimEnd();
        var space = trimmed.LastIndexOfAny([' ', '\t']);
        return space < 0 ? ("", trimmed) : (trimmed[..space].Trim(), trimmed[(space + 1)..]);
    }

    private static bool IsSetting(string word) =>
        word.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && Settings.Contains(word[..colon], StringComparer.Ordinal);

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
        if (part.Length is 0 or > 12 || part.ContainsAnyExcept(Digits)) return false;
        if (!isLast) return double.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        Span<char> pointed = stackalloc char[part.Length];
        part.Replace(pointed, ',', '.');
        return double.TryParse(pointed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }
}
