namespace Parley.Transcripts;

/// <summary>
/// Cuts what was said into cues that fit: at the ends of sentences where there are some, else at pauses and commas, else where the cue is
/// full. What is said in one cue is never longer than the longest cue, unless it is a single word.
/// </summary>
/// <param name="measure">The width of texts.</param>
/// <param name="options">The limits.</param>
internal sealed class CueCutter(TextWidth measure, SubtitleOptions options)
{
    // A silence that a cue does not stand through.
    private const long LongPause = 1500;

    private readonly long _shortest = Clock.Milliseconds(options.MinCueSec);
    private readonly long _longest = Clock.Milliseconds(Math.Max(options.MinCueSec, options.MaxCueSec));
    private readonly double _room = (double)measure.OfLine * options.Lines;

    /// <summary>Returns the cues as ranges of words.</summary>
    /// <param name="words">The words, with their times.</param>
    /// <param name="name">The words that name the speaker. Every cue has room for them.</param>
    public IEnumerable<Range> Cut(List<CueWord> words, List<CueWord> name)
    {
        var rest = words.Sum(word => (long)word.WidthBehind(measure));
        for (var first = 0; first < words.Count;)
        {
            var end = EndOf(words, name, first, rest);
            yield return first..end;
            for (; first < end; first++) rest -= words[first].WidthBehind(measure);
        }
    }

    private int EndOf(List<CueWord> words, List<CueWord> name, int first, long rest)
    {
        var lines = new LineFill(measure, measure.OfLine);
        foreach (var word in name) lines.Add(word);
        var (best, bestScore, width) = (first + 1, double.NegativeInfinity, 0L);
        for (var i = first; i < words.Count; i++)
        {
            lines.Add(i == first && name.Count > 0 ? words[i] with { HasSpace = true } : words[i]);
            if (i > first && (lines.Count > options.Lines || words[i].End - words[first].Start > _longest)) break;
            width += words[i].WidthBehind(measure);
            var score = Score(words, first, i, width / _room, (rest - width) / _room);
            if (score >= bestScore) (best, bestScore) = (i + 1, score);
            if (PauseAfter(words, i) >= LongPause) break;
        }

        return best;
    }

    private double Score(List<CueWord> words, int first, int last, double share, double restShare)
    {
        if (last == words.Count - 1) return share + 1;
        var pause = PauseAfter(words, last);
        if (pause >= LongPause) return share + 2;
        var isSentence = Punctuation.EndsSentence(words[last].Text);
        var score = share + (isSentence ? 1 : Punctuation.EndsClause(words[last].Text) ? 0.4 : 0) + Math.Min(1, pause / 1000.0);
        if (words[last].End - words[first].Start < _shortest) score--;
        if (!isSentence && restShare < 0.2) score -= 0.5;
        return score;
    }

    private static long PauseAfter(List<CueWord> words, int index) =>
        index + 1 < words.Count ? words[index + 1].Start - words[index].End : 0;
}
