namespace Parley.Transcripts;

/// <summary>Web Video Text Tracks (W3C), the speaker as a voice span.</summary>
internal static class VttExport
{
    public static SegmentPieces Pieces(SpeakerNames names)
    {
        var last = default(Cue);
        return new("WEBVTT\n\n", Next) { IsSorted = true };

        string Next(TranscriptSegment segment)
        {
            last = Cue.Of(segment, names).Subtitle(last);
            return $"{Cue.Clock(last.Start)} --> {Cue.Clock(last.End)}\n{Voice(last.Speaker)}{Escaped(last.Text)}\n\n";
        }
    }

    private static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    // The specification lets a name hold escapes; ffmpeg 5 does not read them. The wide forms are plain letters to everyone.
    private static string Voice(string? speaker) =>
        speaker is null ? "" : $"<v {speaker.Replace('&', '＆').Replace('<', '＜').Replace('>', '＞')}>";
}
