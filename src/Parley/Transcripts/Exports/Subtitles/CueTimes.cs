using System.Globalization;

namespace Parley.Transcripts;

/// <summary>
/// Gives the words of a segment their times: those of the recogniser's words where they say the same as the text, or else a share of the
/// segment by their length. Times never run backwards and stay within the segment.
/// </summary>
internal static class CueTimes
{
    /// <param name="words">The words of the segment's text.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="offsetSec">What is added to every time, in seconds.</param>
    public static List<CueWord> Of(List<CueWord> words, TranscriptSegment segment, double offsetSec)
    {
        var from = Clock.Milliseconds(segment.Start + offsetSec);
        var to = Math.Max(from, Clock.Milliseconds(segment.End + offsetSec));
        return Spoken(segment, offsetSec) is { } spoken && IsSame(words, spoken)
            ? Spread(words, spoken, IsSpoken, from, to, isTimed: true)
            : Spread(words, [new(words.Sum(word => Count(word.Text, IsVisible)), from, to)], IsVisible, from, to, isTimed: false);
    }

    // The recogniser's words; null where there are none, or where their times are not in order.
    private static List<Stretch>? Spoken(TranscriptSegment segment, double offsetSec)
    {
        if (segment.Words is not { Count: > 0 } told) return null;
        var stretches = new List<Stretch>(told.Count);
        foreach (var word in told)
        {
            var letters = Letters(word.Text);
            if (letters.Length == 0) continue;
            var (start, end) = (Clock.Milliseconds(word.Start + offsetSec), Clock.Milliseconds(word.End + offsetSec));
            // A word without times is said with the one before it.
            if (word is { Start: 0, End: 0 } && segment.Start > 0 && stretches.Count > 0) stretches[^1] = stretches[^1].Plus(letters);
            else if (end < start || (stretches.Count > 0 && start < stretches[^1].Start)) return null;
            else stretches.Add(new(letters.Length, start, end) { Text = letters });
        }

        return stretches;
    }

    private static bool IsSame(List<CueWord> words, List<Stretch> spoken) =>
        string.Concat(words.Select(word => Letters(word.Text))) == string.Concat(spoken.Select(stretch => stretch.Text));

    private static List<CueWord> Spread(
        List<CueWord> words, List<Stretch> stretches, Func<char, bool> counts, long from, long to, bool isTimed)
    {
        var times = new StretchReader(stretches);
        var timed = new List<CueWord>(words.Count);
        var last = from;
        foreach (var word in words)
        {
            var (start, end) = times.Next(Count(word.Text, counts)) ?? (last, last);
            start = Math.Clamp(start, last, to);
            last = Math.Clamp(end, start, to);
            timed.Add(word with { Start = start, End = last, IsTimed = isTimed });
        }

        return timed;
    }

    private static int Count(string text, Func<char, bool> counts) => text.Count(counts);

    private static string Letters(string text) => string.Concat(text.Where(IsSpoken)).ToLowerInvariant();

    private static bool IsVisible(char c) => c != ' ';

    private static bool IsSpoken(char c) =>
        !char.IsWhiteSpace(c) && !char.IsControl(c) && !char.IsPunctuation(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format;

    /// <summary>So many letters, said from a time to another.</summary>
    private sealed record Stretch(int Letters, long Start, long End)
    {
        public string Text { get; init; } = "";

        public Stretch Plus(string letters) => this with { Letters = Letters + letters.Length, Text = Text + letters };
    }

    /// <summary>Reads the times of letters, stretch by stretch.</summary>
    private sealed class StretchReader(List<Stretch> stretches)
    {
        private int _stretch;
        private int _letter;

        /// <summary>Returns when the next letters are said; null for none.</summary>
        public (long Start, long End)? Next(int letters)
        {
            if (letters == 0) return null;
            while (_letter == stretches[_stretch].Letters) (_stretch, _letter) = (_stretch + 1, 0);
            var start = TimeOf(_letter);
            for (_letter += letters; _letter > stretches[_stretch].Letters; _stretch++) _letter -= stretches[_stretch].Letters;
            return (start, TimeOf(_letter));
        }

        private long TimeOf(int letter)
        {
            var (all, start, end) = stretches[_stretch];
            return start + (long)((end - start) * ((double)letter / all));
        }
    }
}
