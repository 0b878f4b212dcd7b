using System.Text;
using System.Text.RegularExpressions;

namespace Parley.Transcripts;

/// <summary>A summary in HTML: its headings, lists, paragraphs and bold words. Everything else in it is text.</summary>
internal static partial class SummaryHtml
{
    public static string Of(TranscriptSummary? summary)
    {
        if (summary is null) return "";
        var html = new StringBuilder("<section class=\"summary\">\n<h2>Summary</h2>\n");
        if (summary.Note is not null) html.Append("<p class=\"note\">").Append(Text(summary.Note)).Append("</p>\n");
        var isInList = false;
        foreach (var line in summary.Text.ReplaceLineEndings("\n").Split('\n'))
        {
            var (tag, text) = Block(line);
            if (isInList != (tag == "li")) html.Append(isInList ? "</ul>\n" : "<ul>\n");
            isInList = tag == "li";
            if (text.Length > 0) html.Append('<').Append(tag).Append(" dir=\"auto\">").Append(text).Append("</").Append(tag).Append(">\n");
        }

        return html.Append(isInList ? "</ul>\n" : "").Append("</section>\n").ToString();
    }

    private static (string Tag, string Text) Block(string line)
    {
        var mark = Mark().Match(line);
        var tag = !mark.Success ? "p" : mark.ValueSpan.TrimStart()[0] == '#' ? "h3" : "li";
        return (tag, Text(line[mark.Length..]));
    }

    private static string Text(string line) =>
        Bold().Replace(PlainText.Escaped(Bidi.Balanced(PlainText.Said(line))), "<strong>$1</strong>");

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Bold();

    [GeneratedRegex(@"^\s*(?:#{1,6}|[-*+]|[0-9]{1,9}[.)]) ")]
    private static partial Regex Mark();
}
