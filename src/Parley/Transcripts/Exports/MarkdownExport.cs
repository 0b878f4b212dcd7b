using System.Text;

namespace Parley.Transcripts;

/// <summary>Markdown for reading: a heading, then one paragraph a segment. Nothing that was said is taken for markup.</summary>
internal static class MarkdownExport
{
    // All that can mean something in the middle of a line, in CommonMark or in the dialect of GitHub.
    private const string Markup = @"\`*_[]<>|~&!$^=#@{}";

    public static SegmentPieces Pieces(SpeakerNames names, string fileName) => new($"# {Title(fileName)}\n", segment =>
    {
        var cue = Cue.Of(segment, names);
        return $"\n\\[{Cue.Clock(cue.Start)}\\] {Voice(cue.Speaker)}{Escaped(cue.Text)}".TrimEnd() + "\n";
    });

    private static string Voice(string? speaker) => speaker is null ? "" : $"**{Escaped(speaker)}:** ";

    private static string Title(string fileName) =>
        PlainText.OneLine(fileName) is { Length: > 0 } name ? Escaped(name) : "Transcript";

    private static string Escaped(string line)
    {
        var escaped = new StringBuilder(line.Length + 16);
        for (var i = 0; i < line.Length; i++)
        {
            // A bare address becomes a link by its colon or by "www.".
            var address = line[i] == ':' && i + 1 < line.Length && line[i + 1] == '/'
                || line[i] == '.' && line.AsSpan(0, i).EndsWith("www", StringComparison.OrdinalIgnoreCase);
            if (address || Markup.Contains(line[i], StringComparison.Ordinal)) escaped.Append('\\');
            escaped.Append(line[i]);
        }
        return escaped.ToString();
    }
}
