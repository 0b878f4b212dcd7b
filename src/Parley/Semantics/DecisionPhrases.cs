using System.Collections.Frozen;

namespace Parley.Semantics;

/// <summary>The phrases that make a decision. No corpus labels decisions, so that they are rules and nothing learned.</summary>
internal static class DecisionPhrases
{
    /// <summary>How likely a text decides that has one of the phrases and does not ask.</summary>
    public const double Probability = 0.88;

    /// <summary>
    /// The probability from which on a text decides. So low that a proposal with one of the phrases, "let's go with", counts as decided
    /// first.
    /// </summary>
    public const double Threshold = 0.1;

    private const int MaxWords = 3;

    // As contractions: "we will go with" is read as "we'll go with". "^" stands before the first word that is no opener, "$" after the
    // last word.
    private static readonly string[] Phrases =
    [
        "let's go with", "let's stick with", "let's settle on", "let's do that", "let's do it", "we'll go with", "we'll stick with",
        "we're going with", "we are going with", "i'll go with", "we decided", "we decide that", "we've decided", "we have decided", "i've decided",
        "i have decided", "it's decided", "it was decided", "we agreed", "we've agreed", "we have agreed", "we agree to", "we all agree", "the decision is",
        "decision is to", "final decision", "we settled on", "we've settled on", "that's settled", "settled on", "so it's decided", "we chose", "we picked",
        "i'm going with", "i decided to", "we're agreed", "final answer", "go ahead with", "decided $", "^ decided", "that is decided", "we go with",
        "we stick with", "that is settled", "then it is decided",
    ];

    private static readonly ulong OpeningMark = WordReader.HashOf("^");
    private static readonly ulong EndMark = WordReader.HashOf("$");

    private static readonly FrozenSet<ulong> Known =
        Phrases.Select(phrase => phrase.Split(' ').Aggregate(0UL, (hash, word) => Mix(hash, WordReader.HashOf(word)))).ToFrozenSet();

    /// <summary>Returns where the first phrase stands in a text; an empty range where there is none.</summary>
    public static Range Find(IntentWords text)
    {
        for (var first = 1; first <= text.Count; first++)
        {
            if (first == text.Opening && Find(text, first, Mix(0, OpeningMark)) is { } opening) return opening;
            if (Find(text, first, 0) is { } found) return found;
        }

        return default;
    }

    private static Range? Find(IntentWords text, int first, ulong hash)
    {
        for (var last = first; last <= text.Count && last < first + MaxWords; last++)
        {
            hash = Mix(hash, text[last].Hash);
            if (Known.Contains(hash) || (last == text.Count && Known.Contains(Mix(hash, EndMark)))) return text[first].Start..text[last].End;
        }

        return null;
    }

    private static ulong Mix(ulong hash, ulong token) => (ulong.RotateLeft(hash, 23) ^ token) * 0x9E3779B97F4A7C15;
}
