namespace Parley.Transcripts;

/// <summary>Lays the words of a cue out in lines: as few as they need, and of much the same width.</summary>
internal static class CueLines
{
    public static List<List<CueWord>> Of(List<CueWord> words, TextWidth measure)
    {
        var needed = Count(words, measure, measure.OfLine);
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
