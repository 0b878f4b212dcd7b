namespace Parley.Transcripts;

/// <summary>Plain text for reading: <c>[00:00:02.900] Caller: text</c>.</summary>
internal static class TextExport
{
    public static IEnumerable<string> Pieces(Transcript transcript) =>
        Cue.Of(transcript, sorted: false)
            .Select(cue => $"[{Cue.Clock(cue.Start)}] {(cue.Speaker is null ? "" : $"{cue.Speaker}: ")}{cue.Text}".TrimEnd() + "\n");
}
