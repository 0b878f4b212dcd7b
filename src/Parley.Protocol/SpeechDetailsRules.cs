using System.Globalization;

namespace Parley.Protocol;

// The bounds of what a sender says of a text. Its problems name the field and the bound, and never what stood there.
internal static class SpeechDetailsRules
{
    /// <summary>Returns what is out of its range, or null if nothing is.</summary>
    public static string? ProblemOf(SpeechDetails details)
    {
        const int longest = StreamDescription.MaxLanguageLength;
        const int most = SpeechDetails.MaxWords;
        if (details.Words is { Count: > most }) return Invariant($"words has more than {most} entries.");
        if (!IsConfidence(details.Confidence)) return "confidence is not a number from 0 to 1.";
        if (details.Language is { } language && !StreamDescriptionRules.IsLanguage(language))
            return Invariant($"language is not a tag of at most {longest} letters, digits and hyphens, such as en-GB.");

        foreach (var (index, word) in (details.Words ?? []).Index())
        {
            if (ProblemOf(word) is { } problem) return Invariant($"words[{index}]: {problem}");
        }

        return null;
    }

    public static bool IsConfidence(double? value) => value is null or (>= 0 and <= 1);

    private static string? ProblemOf(in TimedWord word)
    {
        if (word.Text is null) return "text is missing.";
        if (!double.IsFinite(word.Start) || !double.IsFinite(word.End)) return "a time is not finite.";
        if (word.End < word.Start) return "end is before start.";
        return IsConfidence(word.Confidence) ? null : "confidence is not a number from 0 to 1.";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
