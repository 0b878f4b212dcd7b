namespace Parley.Transcripts;

/// <summary>Plain text for reading: <c>[00:00:02.900] Caller: text</c>.</summary>
internal static class TextExport
{
    public static SegmentPieces Pieces(SpeakerNames names) => new("", segment =>
    {
        var cue = Cue.Of(segment, names);
        return $"[{Cue.Clock(cue.Start)}] {(cue.Speaker is null ? "" : $"{cue.Speaker}: ")}{cue.Text}".TrimEnd() + "\n";
    });
}
