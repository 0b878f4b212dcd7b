using System.Text;
using Parley.Streaming;

namespace Parley.Turns;

/// <summary>What can be read off a turn's words.</summary>
internal static class TurnText
{
    private static readonly string[] QuestionOpeners = ["who ", "what ", "when ", "where ", "why ", "how ", "which "];

    // The halves of "you know" and "sort of" count alone: that is how the reference measures, and ratios must compare.
    private static readonly HashSet<string> Fillers = ["um", "uh", "erm", "hmm", "you", "know", "like", "sort", "of"];

    /// <summary>Joins the texts of a finished transcript's turn as the reference does: with a space, in every script.</summary>
    public static void Append(StringBuilder joined, string text)
    {
        var trimmed = text.AsSpan().Trim();
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
        var trimmed = text.Trim();
        return trimmed.EndsWith('?')
            || Array.Exists(QuestionOpeners, opener => trimmed.StartsWith(opener, StringComparison.OrdinalIgnoreCase));
    }

    public static double DisfluencyRatio(string text)
    {
        var words = Words(text);
        var fillers = words.Count(word => Fillers.Contains(word.Trim('.', ',', '!', '?', '"', '\'', '`').ToLowerInvariant()));
        return words.Length == 0 ? 0.0 : (double)fillers / words.Length;
    }
}
