using System.Text;
using Parley.Streaming;
using Parley.Transcripts;

namespace Parley.Turns;

/// <summary>What can be read off a turn's words.</summary>
internal static class TurnText
{
    private static readonly string[] QuestionOpeners = ["who ", "what ", "when ", "where ", "why ", "how ", "which "];

    private static readonly int LongestOpener = QuestionOpeners.Max(opener => opener.Length);

    // The halves of "you know" and "sort of" count alone: that is how the reference measures, and ratios must compare.
    private static readonly HashSet<string> Fillers = ["um", "uh", "erm", "hmm", "you", "know", "like", "sort", "of"];

    /// <summary>Joins the texts of a finished transcript's turn as the reference does: with a space, in every script.</summary>
    public static void Append(StringBuilder joined, string text)
    {
        var trimmed = ReferenceText.Trim(text);
        if (trimmed.IsEmpty)
            return;
        if (joined.Length > 0)
            joined.Append(' ');
        joined.Append(trimmed);
    }

    /// <summary>Joins the texts of a live turn, without a space between letters of scripts that are written without.</summary>
    public static string Join(string joined, string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
            return joined;
        var next = trimmed.Length == text.Length ? text : trimmed.ToString();
        return joined.Length == 0 ? next : TextJoin.Script.Join([joined, next]);
    }

    public static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    public static bool IsQuestion(string text)
    {
        var trimmed = ReferenceText.Trim(text);
        if (trimmed.EndsWith("?", StringComparison.Ordinal)) return true;
        var opening = trimmed[..Math.Min(trimmed.Length, LongestOpener)].ToString().ToLowerInvariant();
        return Array.Exists(QuestionOpeners, opener => opening.StartsWith(opener, StringComparison.Ordinal));
    }

    public static double DisfluencyRatio(string text) => Fluency.Of(text).DisfluencyRatio;

    /// <summary>How many words there are, and how many of them are fillers. That of a turn is the sum over its segments.</summary>
    internal readonly record struct Fluency(int Words, int Fillers)
    {
        public double DisfluencyRatio => Words == 0 ? 0.0 : (double)Fillers / Words;

        public static Fluency Of(ReadOnlySpan<char> text)
        {
            var words = ReferenceText.Words(text);
            return new(words.Count, words.Count(IsFiller));
        }

        public static Fluency operator +(Fluency a, Fluency b) => new(a.Words + b.Words, a.Fillers + b.Fillers);
    }

    private static bool IsFiller(string word) => Fillers.Contains(word.Trim('.', ',', '!', '?', '"', '\'', '`').ToLowerInvariant());
}
