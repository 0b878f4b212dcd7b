using System.Globalization;

namespace Parley.Transcripts;

/// <summary>SubRip. It has no escapes, so what a player would take for markup is broken up by an invisible character.</summary>
internal static class SrtExport
{
    private const string WordJoiner = "\u2060";

    public static SegmentPieces Pieces(SpeakerNames names)
    {
        var (last, count) = (default(Cue), 0);
        return new("", Next) { IsSorted = true };

        string Next(TranscriptSegment segment)
        {
            last = Cue.Of(segment, names).Subtitle(last);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{++count}\n{Cue.Clock(last.Start, ',')} --> {Cue.Clock(last.End, ',')}\n{Voice(last.Speaker)}{Safe(last.Text)}\n\n");
        }
    }

    private static string Voice(string? speaker) => speaker is null ? "" : $"{Safe(speaker)}: ";

    /// <summary>No arrow of a timing line, no tag, no override code of SubStation Alpha.</summary>
    private static string Safe(string text) => text
        .Replace("-->", $"--{WordJoiner}>", StringComparison.Ordinal)
        .Replace("<", $"<{WordJoiner}", StringComparison.Ordinal)
        .Replace(@"{\", $@"{{{WordJoiner}\", StringComparison.Ordinal);
}
