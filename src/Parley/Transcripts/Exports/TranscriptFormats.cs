using System.Diagnostics.CodeAnalysis;

namespace Parley.Transcripts;

/// <summary>The names and media types of the formats.</summary>
public static class TranscriptFormats
{
    private static readonly (TranscriptFormat Format, string Name, string MediaType)[] All =
    [
        (TranscriptFormat.Json, "json", "application/json"),
        (TranscriptFormat.Srt, "srt", "application/x-subrip"),
        (TranscriptFormat.Vtt, "vtt", "text/vtt"),
        (TranscriptFormat.Text, "txt", "text/plain"),
        (TranscriptFormat.Markdown, "md", "text/markdown"),
        (TranscriptFormat.Csv, "csv", "text/csv"),
        (TranscriptFormat.JsonLines, "jsonl", "application/jsonl"),
        (TranscriptFormat.Ttml, "ttml", "application/ttml+xml"),
        (TranscriptFormat.Html, "html", "text/html"),
        // No media type of its own is registered.
        (TranscriptFormat.Rttm, "rttm", "text/plain"),
    ];

    /// <summary>The names of all formats: json, srt, vtt, txt, md, csv, jsonl, ttml, html, rttm.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(row => row.Name)];

    /// <summary>Finds a format by its name.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <param name="format">The format.</param>
    /// <returns>False when no format has that name.</returns>
    public static bool TryParse([NotNullWhen(true)] string? name, out TranscriptFormat format)
    {
        var index = Array.FindIndex(All, row => string.Equals(row.Name, name, StringComparison.OrdinalIgnoreCase));
        format = index < 0 ? default : All[index].Format;
        return index >= 0;
    }

    extension(TranscriptFormat format)
    {
        /// <summary>The format's name, which is also its file extension, without a dot.</summary>
        public string Name => RowOf(format).Name;

        /// <summary>The format's media type, without a charset: all of them are UTF-8.</summary>
        public string MediaType => RowOf(format).MediaType;

        /// <summary>Whether the format is one of subtitles: SubRip, WebVTT, TTML.</summary>
        public bool IsSubtitles => format is TranscriptFormat.Srt or TranscriptFormat.Vtt or TranscriptFormat.Ttml;

        /// <summary>Whether a file of the format may begin with a byte order mark: not JSON (RFC 8259).</summary>
        internal bool HasByteOrderMark => format is not (TranscriptFormat.Json or TranscriptFormat.JsonLines);

        /// <summary>Whether the format leaves it open how its lines end.</summary>
        internal bool HasLineEnds => format is not (TranscriptFormat.Json or TranscriptFormat.JsonLines or TranscriptFormat.Csv);
    }

    private static (TranscriptFormat Format, string Name, string MediaType) RowOf(TranscriptFormat format) =>
        Array.Find(All, row => row.Format == format) is { Name: not null } row
            ? row
            : throw new ArgumentOutOfRangeException(nameof(format), format, "Not a format.");
}
