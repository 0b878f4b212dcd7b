namespace Parley.Transcripts;

/// <summary>Web Video Text Tracks (W3C), the speaker as a voice span, the times of words if asked for.</summary>
internal static class VttExport
{
    public static SegmentPieces Pieces(ExportSource source, SubtitleOptions options)
    {
        return SegmentPieces.OfCues("WEBVTT\n\n", new(source.Names, options, showsNames: false), Cue);

        string Cue(SubtitleCue cue)
        {
            var write = options.WordTimes ? new TimedWords(cue).Write : (Func<CueWord, string>)(word => Escaped(word.Text));
            var lines = string.Join('\n', cue.Lines(write).Select(line => line.Said));
            var voice = options.Speakers == SubtitleSpeakers.None ? "" : Voice(cue.Speaker);
            return $"{Clock.Text(cue.Start)} --> {Clock.Text(cue.End)}\n{voice}{lines}\n\n";
        }
    }

    private static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    // The specification lets a name hold escapes; ffmpeg 5 does not read them. The wide forms are plain letters to everyone.
    private static string Voice(string? speaker) =>
        speaker is null ? "" : $"<v {speaker.Replace('&', '＆').Replace('<', '＜').Replace('>', '＞')}>";

    /// <summary>Writes words with a time before each that starts within the cue; such times only ever grow.</summary>
    private sealed class TimedWords(SubtitleCue cue)
    {
        private long _last = cue.Start;

        public string Write(CueWord word)
        {
            if (!word.IsTimed || word.Start <= _last || word.Start >= cue.End) return Escaped(word.Text);
            _last = word.Start;
            return $"<{Clock.Text(word.Start)}>{Escaped(word.Text)}";
        }
    }
}
