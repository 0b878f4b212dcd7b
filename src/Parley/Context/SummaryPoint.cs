using System.Globalization;

namespace Parley.Context;

/// <summary>One thing that was said, fit to be read: hesitations and false starts are left out.</summary>
/// <param name="Start">Where the segment it was said in starts, in seconds of audio time.</param>
/// <param name="Speaker">
/// Who said it, or of an action item who will do it; <c>Unknown</c> when nobody was named, empty where it is not known who will do it.
/// </param>
/// <param name="Text">What was said.</param>
public sealed record SummaryPoint(double Start, string Speaker, string Text)
{
    /// <summary>The point as a line: <c>[12:03] ana: We take the ferry</c>.</summary>
    public override string ToString()
    {
        var seconds = (long)Math.Max(Start, 0);
        var clock = seconds < 3600 ? "" : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:");
        return string.Create(CultureInfo.InvariantCulture, $"[{clock}{seconds / 60 % 60:00}:{seconds % 60:00}] {(Speaker.Length == 0 ? "" : $"{Speaker}: ")}{Text}");
    }
}
