using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Redaction;

/// <summary>Takes out of the words of a chunk what is taken out of its text.</summary>
internal static class DetailsRedaction
{
    /// <summary>
    /// Returns the details without the words of findings. The words of a finding that begins in the text become one word, its name, with
    /// the times from the first of them to the last. Words that the text does not have were not looked at, and are left out.
    /// </summary>
    /// <param name="details">The details of the chunk, or null.</param>
    /// <param name="text">The text of the chunk as it came.</param>
    /// <param name="offset">Where the text stands in what was looked at.</param>
    /// <param name="found">The findings, by their place in what was looked at.</param>
    public static SpeechDetails? Apply(SpeechDetails? details, string text, int offset, List<Finding> found)
    {
        if (details?.Words is not { } words) return details;
        var kept = new List<TimedWord>(words.Count);
        var last = -1;
        foreach (var (word, start, end) in WordPlaces.Of(words, text))
        {
            var finding = found.FindIndex(known => known.Start - offset < end && known.End - offset > start);
            if (finding < 0) kept.Add(word);
            else if (finding == last) kept[^1] = kept[^1] with { End = Math.Max(kept[^1].End, word.End) };
            else if (found[finding].Start >= offset) kept.Add(new($"[{found[last = finding].Name}]", word.Start, word.End));
        }

        return SpeechDetails.Of(kept, details.Confidence, details.Language);
    }
}
