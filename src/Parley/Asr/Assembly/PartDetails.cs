using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Asr;

/// <summary>What a recogniser said of a part of a text, beside the text, its times and its speaker.</summary>
internal static class PartDetails
{
    /// <summary>Returns the details of a part, or null if there are none. What is out of its range is left out.</summary>
    /// <param name="text">The text of the part.</param>
    /// <param name="update">The update that it is of.</param>
    /// <param name="words">The words of the part with their times; empty where words have no times.</param>
    /// <param name="offset">How far its times are moved.</param>
    public static SpeechDetails? Of(string text, in AsrUpdate update, ReadOnlySpan<AsrWord> words, double offset)
    {
        var confidence = SpeechDetailsRules.IsConfidence(update.Confidence) ? update.Confidence : null;
        var language = TagOf(update.Language);
        if (words.IsEmpty) return SpeechDetails.Of(update.Words is { } told ? WordsOf(text, told) : null, confidence, language);

        var own = new List<TimedWord>(Math.Min(words.Length, SpeechDetails.MaxWords));
        foreach (ref readonly var word in words)
        {
            if (own.Count == SpeechDetails.MaxWords) break;
            var (start, end) = (At(word.Start, offset), At(word.End, offset));
            if (!double.IsFinite(start) || !double.IsFinite(end)) continue;
            var isSure = SpeechDetailsRules.IsConfidence(word.Confidence);
            own.Add(new(word.Text.Trim(), start, Math.Max(start, end), isSure ? word.Confidence : null));
        }

        return SpeechDetails.Of(own, confidence, language);
    }

    // Of text that came with words, a part may have been said before.
    private static IReadOnlyList<TimedWord> WordsOf(string text, IReadOnlyList<TimedWord> told) =>
        [.. WordPlaces.Of(told, text).Select(place => place.Word)];

    private static double At(double time, double offset) => offset == 0 ? time : Math.Round(time + offset, 6);

    private static string? TagOf(string? language) =>
        language?.Replace('_', '-') is { } tag && StreamDescriptionRules.IsLanguage(tag) ? tag : null;
}
