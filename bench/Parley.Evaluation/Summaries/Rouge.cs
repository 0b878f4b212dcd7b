namespace Parley.Evaluation.Summaries;

/// <summary>ROUGE-1: how many words two texts share, each as often as both have it.</summary>
internal static class Rouge
{
    /// <summary>Returns the words of a text in lower case, as they are, without marks.</summary>
    public static List<string> Words(string text)
    {
        var words = new List<string>();
        for (var (at, start) = (0, 0); at <= text.Length; at++)
        {
            if (at < text.Length && char.IsLetterOrDigit(text[at])) continue;
            if (at > start) words.Add(text[start..at].ToLowerInvariant());
            start = at + 1;
        }

        return words;
    }

    /// <summary>Returns the harmonic mean of precision and recall, from 0 to 1.</summary>
    /// <param name="summary">The words of the summary.</param>
    /// <param name="written">The words of the one that people wrote.</param>
    public static double F(IReadOnlyCollection<string> summary, IReadOnlyCollection<string> written)
    {
        var counts = written.CountBy(word => word).ToDictionary();
        var shared = summary.CountBy(word => word).Sum(word => Math.Min(word.Value, counts.GetValueOrDefault(word.Key)));
        return shared == 0 ? 0 : 2.0 * shared / (summary.Count + written.Count);
    }
}
