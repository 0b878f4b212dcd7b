using Parley.Protocol;

namespace Parley.Streaming;

/// <summary>What the details of a segment's chunks come to.</summary>
internal static class SegmentDetails
{
    // Weighted means leave a tail of digits that says nothing.
    private const int Decimals = 4;

    /// <summary>
    /// Merges the details of chunks: all words in order; the mean confidence, weighted by the number of words of each chunk that has one;
    /// the language of the most words, the earlier one where two have as many.
    /// </summary>
    /// <param name="texts">The texts of the chunks.</param>
    /// <param name="details">The details of each; empty if no chunk has any.</param>
    public static SpeechDetails? Merge(ReadOnlySpan<string> texts, ReadOnlySpan<SpeechDetails?> details)
    {
        if (details.IsEmpty) return null;
        var words = new List<TimedWord>();
        var languages = new OrderedDictionary<string, long>(StringComparer.Ordinal);
        var (sum, weight) = (0.0, 0L);
        for (var i = 0; i < details.Length; i++)
        {
            if (details[i] is not { } told) continue;
            // A chunk that is only punctuation has no word, and still a confidence.
            var count = string.IsNullOrWhiteSpace(texts[i]) ? 0 : Math.Max(1, Streaming.Words.Count(texts[i]));
            words.AddRange(told.Words ?? []);
            if (told.Language is { } language) languages[language] = languages.GetValueOrDefault(language) + count;
            if (ConfidenceOf(told) is not { } confidence) continue;
            sum += confidence * count;
            weight += count;
        }

        return SpeechDetails.Of(
            words,
            weight == 0 ? null : Math.Round(sum / weight, Decimals),
            languages.Count == 0 ? null : languages.MaxBy(language => language.Value).Key);
    }

    /// <summary>Returns the confidence of a chunk; where only its words have one, the mean of theirs.</summary>
    private static double? ConfidenceOf(SpeechDetails details)
    {
        if (details.Confidence is { } confidence) return confidence;
        var told = (details.Words ?? []).Where(word => word.Confidence is not null).ToList();
        return told.Count == 0 ? null : told.Average(word => word.Confidence!.Value);
    }
}
