using System.Globalization;

namespace Parley.Transcripts;

/// <summary>Takes a line of text apart into the pieces that subtitles are made of.</summary>
internal static class CueWords
{
    /// <param name="line">The text, with single spaces and no line breaks.</param>
    /// <param name="measure">The width of texts.</param>
    /// <param name="widest">The width at which a word is cut.</param>
    public static List<CueWord> Split(string line, TextWidth measure, int widest)
    {
        var words = new List<CueWord>();
        var (from, width, hasSpace) = (0, 0, false);
        ReadOnlySpan<char> before = default;
        for (var at = 0; at < line.Length;)
        {
            var element = line.AsSpan(at, StringInfo.GetNextTextElementLength(line, at));
            var isSpace = element[0] == ' ';
            var isFull = !before.IsEmpty && width + measure.Of(element) > widest;
            if (!before.IsEmpty && (isSpace || isFull || LineBreaks.IsAllowed(before, element)))
            {
                var end = isFull && !isSpace ? EndOfFull(line, from, at) : at;
                words.Add(new(line[from..end], hasSpace, measure.OfText(line.AsSpan(from, end - from))));
                (from, width, hasSpace) = (end, measure.OfText(line.AsSpan(end, at - end)), false);
            }

            before = isSpace ? default : element;
            if (isSpace) (from, hasSpace) = (at + 1, true);
            else width += measure.Of(element);
            at += element.Length;
        }

        if (from < line.Length) words.Add(new(line[from..], hasSpace, width));
        return words;
    }

    // A word that is wider than a line is cut where the line is full, or a few characters before it.
    private static int EndOfFull(string line, int from, int at)
    {
        const int reach = 3;
        var elements = StringInfo.ParseCombiningCharacters(line[from..at]);
        for (var i = elements.Length; i > Math.Max(1, elements.Length - reach); i--)
        {
            var end = i == elements.Length ? at : from + elements[i];
            var before = from + elements[i - 1];
            if (LineBreaks.IsPossible(line.AsSpan(before, end - before), line.AsSpan(end))) return end;
        }

        return at;
    }
}
