namespace Parley.Transcripts;

/// <summary>Cuts a text that is longer than a chunk may be. Where the pieces start is reckoned by their letters.</summary>
internal static class LongTexts
{
    /// <summary>Returns the pieces; the text itself, if it is not too long.</summary>
    /// <param name="whole">The text.</param>
    /// <param name="maxLength">The maximum number of characters of a piece.</param>
    /// <param name="maxWords">The maximum number of words with times of a piece.</param>
    public static IEnumerable<SpokenPiece> Cut(SpokenPiece whole, int maxLength, int maxWords)
    {
        if (whole.Text.Length <= maxLength && whole.Words.Count <= maxWords)
        {
            yield return whole;
            yield break;
        }

        var perWord = whole.Words.Count == 0 ? double.PositiveInfinity : (double)whole.Text.Length / whole.Words.Count * maxWords;
        var length = Math.Max(2, (int)Math.Min(maxLength, perWord));
        var (text, words) = (whole.Text, 0);
        for (int from = 0, to; from < text.Length; from = to)
        {
            to = EndOf(text, from, length);
            var until = to == text.Length ? whole.Words.Count : (int)((long)whole.Words.Count * to / text.Length);
            var own = whole.Words.Skip(words).Take(Math.Min(maxWords, until - words)).ToList();
            words = until;
            var piece = text[from..to].Trim();
            if (piece.Length == 0) continue;
            yield return whole with
            {
                Start = At(whole, from), End = At(whole, to), Text = piece, Words = own, IsLast = to == text.Length,
            };
        }
    }

    // At a space, if there is one; never in the middle of a character.
    private static int EndOf(string text, int from, int length)
    {
        if (text.Length - from <= length) return text.Length;
        var space = text.LastIndexOf(' ', from + length - 1, length);
        if (space > from) return space + 1;
        return from + length - (char.IsHighSurrogate(text[from + length - 1]) ? 1 : 0);
    }

    private static double At(in SpokenPiece whole, int position) =>
        position == whole.Text.Length ? whole.End : whole.Start + ((whole.End - whole.Start) * position / whole.Text.Length);
}
