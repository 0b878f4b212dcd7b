using System.Globalization;

namespace Parley.Transcripts;

/// <summary>
/// An option of an export as text: a query parameter of a server's transcript under its <see cref="Name"/>, and an option of the
/// <c>parley</c> command with hyphens in it.
/// </summary>
public sealed class ExportParameter
{
    private readonly Func<TranscriptExportOptions, string, TranscriptExportOptions?> _set;

    private ExportParameter(
        string name,
        string values,
        string description,
        Func<TranscriptFormat, bool> isFor,
        Func<TranscriptExportOptions, string, TranscriptExportOptions?> set)
    {
        (Name, Values, Description, _set) = (name, values, description, set);
        Formats = [.. Enum.GetValues<TranscriptFormat>().Where(isFor)];
    }

    /// <summary>Gets all parameters.</summary>
    public static IReadOnlyList<ExportParameter> All { get; } =
    [
        Number("line_length", 10, 200, "Maximum characters a line. Default: 42.", isWhole: true,
            (subtitles, value) => subtitles with { LineLength = (int)value }),
        Number("wide_line_length", 5, 100,
            "Maximum characters a line in Chinese, Japanese and Korean. Default: 16, and 13 with Japanese Kana.", isWhole: true,
            (subtitles, value) => subtitles with { WideLineLength = (int)value }),
        Number("lines", 1, 10, "Maximum lines a cue. Default: 2.", isWhole: true,
            (subtitles, value) => subtitles with { Lines = (int)value }),
        Number("min_cue_sec", 0.1, 10, "Shortest duration of a cue, in seconds. Default: 1.", isWhole: false,
            (subtitles, value) => subtitles with { MinCueSec = value }),
        Number("max_cue_sec", 0.1, 60, "Longest duration of a cue, in seconds. Default: 7.", isWhole: false,
            (subtitles, value) => subtitles with { MaxCueSec = value }),
        Number("reading_speed", 5, 100, "Characters a second that can be read: a cue stays so long where nothing follows. Default: 20.",
            isWhole: false, (subtitles, value) => subtitles with { ReadingSpeed = value }),
        Choice("speakers", "Which cues say who speaks: where the speaker changes, all, or none. Default: change.",
            format => format.IsSubtitles,
            (options, value) => options with { Subtitles = options.Subtitles with { Speakers = value } },
            ("change", SubtitleSpeakers.Change), ("all", SubtitleSpeakers.All), ("none", SubtitleSpeakers.None)),
        Number("offset_sec", -1e6, 1e6, "Seconds to add to every time. Default: 0.", isWhole: false,
            (subtitles, value) => subtitles with { OffsetSec = value }),
        Choice("word_times", "Whether cues have the time of each word, where there is one. Default: false.",
            format => format == TranscriptFormat.Vtt,
            (options, value) => options with { Subtitles = options.Subtitles with { WordTimes = value } },
            ("true", true), ("false", false)),
        Choice("bom", "Whether the file begins with a byte order mark. Default: true for csv, else false.",
            format => format.HasByteOrderMark, (options, value) => options with { ByteOrderMark = value },
            ("true", true), ("false", false)),
        Choice("line_ends", "How lines end. Default: lf.",
            format => format.HasLineEnds, (options, value) => options with { LineEnds = value },
            ("lf", LineEnd.Lf), ("crlf", LineEnd.CrLf)),
    ];

    /// <summary>Gets the name, such as <c>line_length</c>.</summary>
    public string Name { get; }

    /// <summary>Gets which values it takes, in words: <c>a whole number from 1 to 10</c>.</summary>
    public string Values { get; }

    /// <summary>Gets what it is for, with its default.</summary>
    public string Description { get; }

    /// <summary>Gets the formats that it applies to.</summary>
    public IReadOnlyList<TranscriptFormat> Formats { get; }

    /// <summary>Sets the option.</summary>
    /// <param name="options">The options so far.</param>
    /// <param name="value">The value as text.</param>
    /// <returns>The options with it; null where it does not take this value.</returns>
    public TranscriptExportOptions? Set(TranscriptExportOptions options, string value) => _set(options, value);

    /// <summary>Returns what is wrong with the options together, or null if nothing is.</summary>
    /// <param name="options">The options.</param>
    public static string? ProblemOf(TranscriptExportOptions options) =>
        options.Subtitles.MinCueSec > options.Subtitles.MaxCueSec ? "min_cue_sec is more than max_cue_sec" : null;

    private static ExportParameter Number(
        string name, double least, double most, string description, bool isWhole, Func<SubtitleOptions, double, SubtitleOptions> set)
    {
        var styles = isWhole ? NumberStyles.None : NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        var range = string.Create(CultureInfo.InvariantCulture, $"a {(isWhole ? "whole " : "")}number from {least} to {most}");
        return new(name, range, description, format => format.IsSubtitles, (options, text) =>
            double.TryParse(text, styles, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
                ? options with { Subtitles = set(options.Subtitles, value) }
                : null);
    }

    private static ExportParameter Choice<T>(
        string name,
        string description,
        Func<TranscriptFormat, bool> isFor,
        Func<TranscriptExportOptions, T, TranscriptExportOptions> set,
        params (string Name, T Value)[] choices) =>
        new(name, string.Join(" or ", choices.Select(choice => choice.Name)), description, isFor, (options, text) =>
        {
            var index = Array.FindIndex(choices, choice => choice.Name == text);
            return index < 0 ? null : set(options, choices[index].Value);
        });
}
