namespace Parley.Asr;

/// <summary>Completes the times of words: some recognisers leave out those of numbers, others all.</summary>
internal static class WordTimes
{
    /// <summary>Reckons the times that are missing; false when none was told.</summary>
    /// <param name="words">The words of one text.</param>
    /// <param name="start">Where the text starts.</param>
    /// <param name="end">Where it ends.</param>
    public static bool Complete(Span<AsrWord> words, double? start, double? end)
    {
        var told = 0;
        foreach (ref readonly var word in words) told += double.IsNaN(word.Start) ? 0 : 1;
        if (told == words.Length) return told > 0;
        if (told == 0 && (start is null || end is null)) return false;

        for (var i = 0; i < words.Length; i++)
        {
            if (!double.IsNaN(words[i].Start)) continue;
            var last = i;
            while (last + 1 < words.Length && double.IsNaN(words[last + 1].Start)) last++;
            double? from = i > 0 ? words[i - 1].End : start;
            double? to = last + 1 < words.Length ? words[last + 1].Start : end;
            Spread(words[i..(last + 1)], from ?? to ?? 0, Math.Max(from ?? to ?? 0, to ?? from ?? 0));
            i = last;
        }

        return told > 0;
    }

    /// <summary>Returns a text with the times and the speaker of its words, where it has none of its own.</summary>
    public static AsrUpdate Around(in AsrUpdate update, ReadOnlySpan<AsrWord> words)
    {
        double? start = null, end = null;
        foreach (ref readonly var word in words)
        {
            if (double.IsNaN(word.Start)) continue;
            (start, end) = (start ?? word.Start, Math.Max(end ?? word.End, word.End));
        }

        return update with
        {
            Start = update.Start ?? start,
            End = update.End ?? end,
            SpeakerId = update.SpeakerId ?? SpokenParts.FirstSpeaker(words),
        };
    }

    // By their letters.
    private static void Spread(Span<AsrWord> words, double start, double end)
    {
        var letters = 0.0;
        foreach (ref readonly var word in words) letters += word.Text.Length;
        var at = 0;
        foreach (ref var word in words)
        {
            var from = start + ((end - start) * at / letters);
            at += word.Text.Length;
            word = word with { Start = from, End = start + ((end - start) * at / letters) };
        }
    }
}
