namespace Parley.Transcripts;

/// <summary>Compares the text of a whole recording, which many formats have beside their segments, with the segments.</summary>
internal static class WholeText
{
    /// <summary>
    /// Adds a segment with the text that only the whole has, if it is at the end; counts it if the whole has other words than the segments.
    /// Only letters and digits are compared.
    /// </summary>
    /// <param name="whole">The text of the whole; null where the file has none.</param>
    /// <param name="line">The line that it stands on.</param>
    /// <param name="segments">The segments that it is of, in order; gets the one that is added.</param>
    /// <param name="problems">Told what differs.</param>
    public static void Check(string? whole, long line, List<ImportedSegment> segments, ImportProblems problems)
    {
        if (string.IsNullOrWhiteSpace(whole)) return;
        var at = 0;
        foreach (var said in segments.SelectMany(TextsOf).SelectMany(text => text))
        {
            if (!char.IsLetterOrDigit(said)) continue;
            while (at < whole.Length && !char.IsLetterOrDigit(whole[at])) at++;
            if (at < whole.Length && char.ToLowerInvariant(whole[at++]) == char.ToLowerInvariant(said)) continue;
            problems.Add(ImportAnomaly.TextDiffers, line);
            return;
        }

        while (at < whole.Length && !char.IsLetterOrDigit(whole[at])) at++;
        if (at == whole.Length) return;
        var end = segments.Select(segment => segment.LastTime ?? 0).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        problems.Add(ImportAnomaly.TextWithoutTimes, line);
        segments.Add(new(line) { Text = whole[at..], Start = end, End = end, EndsTurn = true });
    }

    /// <summary>
    /// Returns words as the text of the whole spells them, with their punctuation, if that has the same words; otherwise as they are.
    /// </summary>
    public static IReadOnlyList<ImportedWord> Spell(IReadOnlyList<ImportedWord> words, string? whole)
    {
        var spelled = (whole ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return spelled.Length != words.Count || !words.Zip(spelled).All(pair => IsSame(pair.First.Text, pair.Second))
            ? words
            : [.. words.Zip(spelled, (word, text) => word with { Text = text })];
    }

    private static bool IsSame(string word, string spelled) =>
        word.Where(char.IsLetterOrDigit).SequenceEqual(spelled.Where(char.IsLetterOrDigit));

    private static IEnumerable<string> TextsOf(ImportedSegment segment) =>
        segment.Text is { } text ? [text] : (segment.Words ?? []).Select(word => word.Text);
}
