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
        var sentences = Sentences(words);
        for (var first = 0; first < words.Count;)
        {
            var end = EndOf(words, name, first, sentences);
            yield return first..end;
            first = end;
        }
    }

    // How much of its sentence follows each word, as a share of a cue.
    private double[] Sentences(List<CueWord> words)
    {
        var (following, width) = (new double[words.Count], 0L);
        for (var i = words.Count - 1; i >= 0; i--)
        {
            if (Punctuation.EndsSentence(words[i].Text)) width = 0;
            following[i] = width / _room;
            width += words[i].WidthBehind(measure);
        }

        return following;
    }

    private int EndOf(List<CueWord> words, List<CueWord> name, int first, double[] following)
    {
        var lines = new LineFill(measure, measure.OfLine);
        foreach (var word in name) lines.Add(word);
        var (best, bestScore, width) = (first + 1, double.NegativeInfinity, 0L);
        for (var i = first; i < words.Count; i++)
        {
            lines.Add(i == first && name.Count > 0 ? words[i] with { HasSpace = true } : words[i]);
            if (i > first && (lines.Count > options.Lines || IsTooLong(words, first, i))) break;
            width += words[i].WidthBehind(measure);
            var score = Score(words, first, i, width / _room, following[i]);
            if (score >= bestScore) (best, bestScore) = (i + 1, score);
            if (PauseAfter(words, i) >= LongPause) break;
        }

        return best;
    }

    // Where the times are shares of a segment, a few words that take long are still one sentence.
    private bool IsTooLong(List<CueWord> words, int first, int last) =>
        words[last].End - words[first].Start > _longest && (words[last].IsTimed || Punctuation.EndsSentence(words[last - 1].Text));

    private double Score(List<CueWord> words, int first, int last, double share, double following)
    {
        if (last == words.Count - 1) return share + 1;
        var pause = PauseAfter(words, last);
        if (pause >= LongPause) return share + 2;
        var word = words[last].Text;
        var score = share + Math.Min(1, pause / 1000.0);
        if (Punctuation.EndsSentence(word)) score++;
        else score += (Punctuation.EndsClause(word) ? 0.4 : 0) - Math.Max(0, 0.5 - following) * 1.5;
        return words[last].End - words[first].Start < _shortest ? score - 1 : score;
    }

    private static long PauseAfter(List<CueWord> words, int index) =>
        index + 1 < words.Count ? words[index + 1].Start - words[index].End : 0;
}
