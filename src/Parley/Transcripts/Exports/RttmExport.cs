using System.Globalization;

namespace Parley.Transcripts;

/// <summary>Rich Transcription Time Marked (NIST): who speaks when, one line a segment. What was said is not in it.</summary>
internal static class RttmExport
{
    private const string NotKnown = "<NA>";

    public static SegmentPieces Pieces(ExportSource source)
    {
        var file = Field(source.FileName);
        return new("", segment =>
        {
            var start = Clock.Milliseconds(segment.Start);
            // Tools that score diarisation refuse a turn without length.
            var length = Math.Max(1, Clock.Milliseconds(segment.End) - start);
            var speaker = Field(source.Names.LineOf(segment));
            return $"SPEAKER {file} 1 {Seconds(start)} {Seconds(length)} {NotKnown} {NotKnown} {speaker} {NotKnown} {NotKnown}\n";
        }) { IsSorted = true };
    }

    // Fields are separated by white space.
    private static string Field(string? text)
    {
        var line = string.Concat(PlainText.OneLine(text ?? "").Select(c => char.IsWhiteSpace(c) ? '_' : c));
        return line.Length == 0 ? NotKnown : line;
    }

    private static string Seconds(long milliseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000}.{milliseconds % 1000:000}");
}
