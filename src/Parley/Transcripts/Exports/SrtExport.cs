using System.Globalization;

namespace Parley.Transcripts;

/// <summary>SubRip. It has no escapes, so what a player would take for markup is broken up by an invisible character.</summary>
internal static class SrtExport
{
    private const string WordJoiner = "\u2060";

    public static SegmentPieces Pieces(ExportSource source, SubtitleOptions options)
    {
        var count = 0;
        return SegmentPieces.OfCues("", new(source.Names, options, showsNames: true), cue =>
        {
            var (start, end) = (Clock.Text(cue.Start, ','), Clock.Text(cue.End, ','));
            var lines = string.Concat(cue.Lines(word => word.Text).Select(Line));
            return string.Create(CultureInfo.InvariantCulture, $"{++count}\n{start} --> {end}\n{lines}\n");
        });
    }

    private static string Line((string Name, string Said) line) =>
        $"{Safe(line.Name)}{(line.Name.Length > 0 && line.Said.Length > 0 ? " " : "")}{Safe(line.Said)}\n";

    /// <summary>No arrow of a timing line, no tag, no override code of SubStation Alpha.</summary>
    private static string Safe(string text) => text
        .Replace("-->", $"--{WordJoiner}>", StringComparison.Ordinal)
        .Replace("<", $"<{WordJoiner}", StringComparison.Ordinal)
        .Replace(@"{\", $@"{{{WordJoiner}\", StringComparison.Ordinal);
}
