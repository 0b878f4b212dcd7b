using System.Globalization;

namespace Parley.Transcripts;

/// <summary>
/// A page to read and to print: one file that is also well-formed XML, without scripts and without anything from elsewhere. What
/// neighbouring segments of a speaker say stands under one name.
/// </summary>
internal static class HtmlExport
{
    private const int Colours = 8;

    public static SegmentPieces Pieces(ExportSource source, TranscriptSummary? summary)
    {
        var colours = new Dictionary<string, int>(StringComparer.Ordinal);
        var (count, last) = (0, (string?)null);
        return new(Head(source, summary), Paragraph) { End = () => $"{(count == 0 ? "" : "</article>\n")}</section>\n</body>\n</html>\n" };

        string Paragraph(TranscriptSegment segment)
        {
            var speaker = source.Names.LineOf(segment);
            var turn = count > 0 && speaker == last ? "" : $"{(count == 0 ? "" : "</article>\n")}{Turn(speaker, ColourOf(speaker))}";
            (count, last) = (count + 1, speaker);
            return turn + Said(segment, count);
        }

        int ColourOf(string? speaker)
        {
            if (speaker is null) return 0;
            if (!colours.TryGetValue(speaker, out var colour)) colours.Add(speaker, colour = colours.Count % Colours);
            return colour;
        }
    }

    private static string Head(ExportSource source, TranscriptSummary? summary)
    {
        var title = PlainText.OneLine(source.FileName) is { Length: > 0 } name ? PlainText.Escaped(name) : "Transcript";
        return
            $"""
            <!DOCTYPE html>
            <html{Language(source.LanguageTag)}>
            <head>
            <meta charset="utf-8"/>
            <meta http-equiv="Content-Security-Policy" content="{TranscriptPage.ContentSecurityPolicy}"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>{title}</title>
            <style>{TranscriptPage.Style}</style>
            </head>
            <body>
            <h1><bdi>{title}</bdi></h1>
            {SummaryHtml.Of(summary)}<section>
            <h2>Transcript</h2>

            """.ReplaceLineEndings("\n");
    }

    private static string Turn(string? speaker, int colour) => speaker is null
        ? "<article class=\"turn\">\n"
        : $"<article class=\"turn s{colour}\">\n<h3><bdi>{PlainText.Escaped(speaker)}</bdi></h3>\n";

    private static string Said(TranscriptSegment segment, int number)
    {
        var start = Clock.Milliseconds(segment.Start);
        var text = PlainText.Escaped(Bidi.Balanced(PlainText.Said(segment.Text)));
        var language = Language(ExportSource.TagOf(segment.Language));
        var time = string.Create(CultureInfo.InvariantCulture, $"PT{start / 1000}.{start % 1000:000}S");
        var clock = $"<time datetime=\"{time}\">{Clock.Text(start)[..^4]}</time>";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<p id=\"s{number}\"><a href=\"#s{number}\">{clock}</a> <span class=\"said\" dir=\"auto\"{language}>{text}</span></p>\n");
    }

    private static string Language(string tag) => tag.Length == 0 ? "" : $" lang=\"{tag}\"";
}
