using System.Globalization;

namespace Parley.Transcripts;

/// <summary>Makes the cues of a transcript, segment by segment.</summary>
/// <param name="names">The names of the speakers.</param>
/// <param name="options">How subtitles are cut and timed.</param>
/// <param name="showsNames">Whether the name of the speaker is a part of the text.</param>
internal sealed class SubtitleTrack(SpeakerNames names, SubtitleOptions options, bool showsNames)
{
    private readonly CueTimeline _timeline = new(options);

    private string? _last;

    /// <summary>Adds a segment, and returns the cues that are finished. Segments come in the order of their starts.</summary>
    public IEnumerable<SubtitleCue> Add(TranscriptSegment segment)
    {
        var said = PlainText.Said(segment.Text);
        var measure = TextWidth.For(said, options);
        var speaker = names.LineOf(segment);
        var name = NameOf(speaker, measure);
        var room = measure.OfLine - (options.Lines > 1 ? 0 : name.Sum(word => word.WidthBehind(measure)) + measure.OfSpace);
        var words = CueTimes.Of(CueWords.Split(said, measure, room), segment, options.OffsetSec);
        var direction = Bidi.DirectionOf(said);

        if (words.Exists(word => word.Width > 0))
        {
            foreach (var range in new CueCutter(measure, options).Cut(words, name))
            {
                List<CueWord> cut = words[range];
                cut[0] = cut[0] with { HasSpace = false };
                var cue = new SubtitleCue
                {
                    Start = cut[0].Start,
                    End = cut[^1].End,
                    ReadingTime = ReadingTime(cut, measure),
                    Speaker = speaker,
                    Direction = direction,
                    Name = name,
                    Words = cut,
                    Measure = measure,
                };
                _timeline.Add(cue);
            }
        }

        return _timeline.Take(Clock.Milliseconds(segment.Start + options.OffsetSec)).Select(Named);
    }

    /// <summary>Returns the cues that are left. Nothing follows.</summary>
    public IEnumerable<SubtitleCue> End() => _timeline.End().Select(Named);

    private long ReadingTime(List<CueWord> words, TextWidth measure) =>
        Clock.Milliseconds(measure.InCharacters(words.Sum(word => word.WidthBehind(measure))) / options.ReadingSpeed);

    private SubtitleCue Named(SubtitleCue cue)
    {
        var isKnown = options.Speakers == SubtitleSpeakers.Change && cue.Speaker == _last;
        _last = cue.Speaker;
        return isKnown ? cue with { Name = [] } : cue;
    }

    private List<CueWord> NameOf(string? speaker, TextWidth measure)
    {
        if (!showsNames || options.Speakers == SubtitleSpeakers.None) return [];
        // Without a name the words would be taken for those of the speaker before.
        if (speaker is null && options.Speakers == SubtitleSpeakers.All) return [];
        var name = speaker is null ? "-" : Short(speaker, measure) + ":";
        return [.. CueWords.Split(name, measure, measure.OfLine).Select(word => word with { IsName = true })];
    }

    // A name takes half a line at most.
    private static string Short(string speaker, TextWidth measure)
    {
        var room = measure.OfLine / 2 - 2 * measure.OfSpace;
        if (measure.OfText(speaker) <= room) return speaker;
        var (at, width) = (0, 0);
        while (true)
        {
            var length = StringInfo.GetNextTextElementLength(speaker, at);
            width += measure.Of(speaker.AsSpan(at, length));
            if (width > room) return speaker[..at].TrimEnd() + "…";
            at += length;
        }
    }
}
