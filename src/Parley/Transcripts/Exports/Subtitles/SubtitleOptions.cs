namespace Parley.Transcripts;

/// <summary>
/// How subtitles are cut and timed. The defaults follow Netflix's Timed Text Style Guides, which docs/formats.md names. No word is ever
/// left out: where what was said cannot be shown within the limits, docs/formats.md says which of them gives way.
/// </summary>
public sealed record SubtitleOptions
{
    /// <summary>Gets the defaults.</summary>
    public static SubtitleOptions Default { get; } = new();

    /// <summary>
    /// Gets the maximum width of a line, in characters of scripts such as Latin, Cyrillic or Arabic. From 10 to 200. Default: 42.
    /// </summary>
    public int LineLength { get; init => field = Checked(value, 10, 200); } = 42;

    /// <summary>
    /// Gets the maximum width of a line in wide characters (Chinese, Japanese, Korean). A line that mixes both has its share of each.
    /// From 5 to 100. Default: null, which is 16, and 13 in segments with Japanese Kana.
    /// </summary>
    public int? WideLineLength { get; init => field = value is null ? null : Checked(value.Value, 5, 100); }

    /// <summary>Gets the maximum number of lines of a cue. From 1 to 10. Default: 2.</summary>
    public int Lines { get; init => field = Checked(value, 1, 10); } = 2;

    /// <summary>Gets the shortest duration of a cue, in seconds. From 0.1 to 10. Default: 1.</summary>
    public double MinCueSec { get; init => field = Checked(value, 0.1, 10); } = 1;

    /// <summary>
    /// Gets the longest duration of a cue, in seconds. From 0.1 to 60. Default: 7. Where it is less than <see cref="MinCueSec"/>, that
    /// counts.
    /// </summary>
    public double MaxCueSec { get; init => field = Checked(value, 0.1, 60); } = 7;

    /// <summary>
    /// Gets the reading speed, in characters per second. A cue stays for as long as its text takes, where nothing follows. From 5 to 100.
    /// Default: 20.
    /// </summary>
    public double ReadingSpeed { get; init => field = Checked(value, 5, 100); } = 20;

    /// <summary>Gets which cues say who speaks. Default: <see cref="SubtitleSpeakers.Change"/>.</summary>
    public SubtitleSpeakers Speakers { get; init; }

    /// <summary>
    /// Gets what is added to every time, in seconds; a time below 0 becomes 0. From -1,000,000 to 1,000,000. Default: 0.
    /// </summary>
    public double OffsetSec { get; init => field = Checked(value, -1e6, 1e6); }

    /// <summary>
    /// Gets whether WebVTT has the time of each word, where a recogniser gave it. Default: false, since some players show these as text.
    /// </summary>
    public bool WordTimes { get; init; }

    private static T Checked<T>(T value, T least, T most)
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"Must be from {least} to {most}.");
}
