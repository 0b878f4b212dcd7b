namespace Parley.Transcripts;

/// <summary>A segment as one line for reading: where it starts, who speaks and what was said, without line breaks.</summary>
/// <param name="Start">Where it starts, in milliseconds.</param>
/// <param name="Speaker">The name, or null where no speaker is named.</param>
/// <param name="Text">What was said. Isolated where the line has characters that are written from the right.</param>
internal readonly record struct SpokenLine(long Start, string? Speaker, string Text)
{
    public static SpokenLine Of(TranscriptSegment segment, SpeakerNames names)
    {
        var (name, said) = (names.LineOf(segment), PlainText.Said(segment.Text));
        var direction = Bidi.DirectionOf(said);
        if (!Bidi.NeedsMarks(said) && !Bidi.NeedsMarks(name)) direction = TextDirection.Unmarked;
        return new(Clock.Milliseconds(segment.Start), name is null ? null : Bidi.Name(name, direction), Bidi.Isolate(said, direction));
    }
}
