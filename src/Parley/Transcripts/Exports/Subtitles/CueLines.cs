namespace Parley.Transcripts;

/// <summary>
/// Lays the words of a cue out in lines: as few as they need, and of much the same width. Two lines are parted at punctuation where
/// there is some near the middle.
/// </summary>
internal static class CueLines
{
    // How much of a line the widths of two lines may differ more if the first ends in punctuation.
    private const double ForPunctuation = 0.4;

    public static List<List<CueWord>> Of(List<CueWord> words, TextWidth measure) => Count(words, measure, measure.OfLine) switch
    {
        2 => Two(words, measure),
        var needed => Even(words, measure, needed),
    };

    private static List<List<CueWord>> Two(List<CueWord> words, TextWidth measure)
    {
        var all = words.Sum(word => word.WidthBehind(measure));
        var (best, least, width) = (0, double.PositiveInfinity, 0);
        for (var i = 1; i < words.Count; i++)
        {
            width += words[i - 1].WidthBehind(measure);
            var second = all - width - (words[i].HasSpace ? measure.OfSpace : 0);
            if (width > measure.OfLine || second > measure.OfLine) continue;
            var before = words[i - 1];
            var ends = !before.IsName && (Punctuation.EndsClause(before.Text) || Punctuation.EndsSentence(before.Text));
            var cost = (double)Math.Abs(width - second) / measure.OfLine - (ends ? ForPunctuation : 0);
            if (cost < least) (best, least) = (i, cost);
        }

        return [words[..best], [words[best] with { HasSpace = false }, .. words[(best + 1)..]]];
    }

    private static List<List<CueWord>> Even(List<CueWord> words, TextWidth measure, int needed)
    {
        var (least, most) = (0, measure.OfLine);
        while (least < most)
        {
            var middle = (least + most) / 2;
            if (words.TrueForAll(word => word.Width <= middle) && Count(words, measure, middle) == needed) most = middle;
            else least = middle + 1;
        }

        return Fill(words, measure, most);
    }

    private static int Count(List<CueWord> words, TextWidth measure, int width)
    {
        var lines = new LineFill(measure, width);
        foreach (var word in words) lines.Add(word);
        return lines.Count;
    }

    private static List<List<CueWord>> Fill(List<CueWord> words, TextWidth measure, int width)
    {
        var (lines, fill) = (new List<List<CueWord>>(), new LineFill(measure, width));
        foreach (var word in words)
        {
            if (fill.Add(word)) lines.Add([word with { HasSpace = false }]);
            else lines[^1].Add(word);
        }

        return lines;
    }
}
