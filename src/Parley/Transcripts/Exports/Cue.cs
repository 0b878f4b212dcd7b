using System.Globalization;

namespace Parley.Transcripts;

/// <summary>One line of a transcript, its times in whole milliseconds, its text without line breaks.</summary>
internal readonly record struct Cue(long Start, long End, string? Speaker, string Text)
{
    // 31,688 years, far below where the milliseconds would overflow.
    private const double LongestSec = 1e12;

    public static Cue Of(TranscriptSegment segment, SpeakerNames names) => new(
        Milliseconds(segment.Start),
        Milliseconds(segment.End),
        PlainText.OneLine(names.Of(segment) ?? "") is { Length: > 0 } name ? name : null,
        PlainText.OneLine(segment.Text));

    /// <summary>
    /// The subtitle of a segment, after the one before it. Each lasts a millisecond at least, says something, and differs from the one before:
    /// ffmpeg and players drop those that do not.
    /// </summary>
    public Cue Subtitle(Cue last)
    {
        var text = Text.Length == 0 ? "…" : Text;
        var repeats = (Start, Speaker, text) == (last.Start, last.Speaker, last.Text);
        return this with { Text = text, End = Math.Max(End, (repeats ? last.End : Start) + 1) };
    }

    /// <summary>A time as <c>hh:mm:ss.mmm</c>; hours take the digits they need.</summary>
    public static string Clock(long milliseconds, char point = '.')
    {
        var (seconds, fraction) = Math.DivRem(milliseconds, 1000);
        return string.Create(
            CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}{point}{fraction:000}");
    }

    // Rounded before it is split, so that 59.9996 is a minute and not 59 seconds and 1,000 milliseconds.
    private static long Milliseconds(double seconds) =>
        (long)Math.Round(Math.Clamp(seconds, 0, LongestSec) * 1000, MidpointRounding.AwayFromZero);
}
