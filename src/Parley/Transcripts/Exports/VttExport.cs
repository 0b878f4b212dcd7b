namespace Parley.Transcripts;

/// <summary>Web Video Text Tracks (W3C), the speaker as a voice span.</summary>
internal static class VttExport
{
    public static IEnumerable<string> Pieces(Transcript transcript) =>
        Cue.Subtitles(transcript)
            .Select(cue => $"{Cue.Clock(cue.Start)} --> {Cue.Clock(cue.End)}\n{Voice(cue.Speaker)}{Escaped(cue.Text)}\n\n")
            .Prepend("WEBVTT\n\n");

    private static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    // The specification lets a name hold escapes; ffmpeg 5 does not read them. The wide forms are plain letters to everyone.
    private static string Voice(string? speaker) =>
        speaker is null ? "" : $"<v {speaker.Replace('&', '＆').Replace('<', '＜').Replace('>', '＞')}>";
}
