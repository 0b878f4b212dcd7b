using System.Globalization;

namespace Parley.Transcripts;

/// <summary>
/// Comma-separated values (RFC 4180). Text that a spreadsheet would run as a formula has an apostrophe before it. Confidence and language
/// are columns where a segment has one of them.
/// </summary>
internal static class CsvExport
{
    public static SegmentPieces Pieces(ExportSource source)
    {
        var hasDetails = source.HasDetails();
        return new($"id,start,end,speaker,text{(hasDetails ? ",confidence,language" : "")}\r\n", Row);

        string Row(TranscriptSegment segment)
        {
            var (speaker, text) = (Cell(source.Names.Of(segment) ?? ""), Cell(segment.Text));
            return string.Create(
                CultureInfo.InvariantCulture, $"{segment.Id},{segment.Start},{segment.End},{speaker},{text}{Details(segment)}\r\n");
        }

        string Details(TranscriptSegment segment) => hasDetails
            ? string.Create(CultureInfo.InvariantCulture, $",{segment.Confidence},{Cell(segment.Language ?? "")}")
            : "";
    }

    private static string Cell(string text)
    {
        var cell = Inert(PlainText.WithoutControls(text));
        return cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    // Some spreadsheets skip white space before they look, and take the wide signs of East Asian keyboards too.
    private static string Inert(string text)
    {
        var runs = text is ['\t' or '\r' or '\n', ..]
            || text.AsSpan().TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..];
        return runs ? "'" + text : text;
    }
}
