using System.Buffers;
using Parley.Semantics;

namespace Parley.Context;

/// <summary>An utterance and what speaks for it.</summary>
internal sealed class SummaryCandidate
{
    private const int FewestWordsOfPoint = 9;
    private const int FewestTermsOfPoint = 3;
    private const double SameShare = 0.6;

    // Long utterances tell more in sum; this many words are as if free, the rest must pay.
    private const double LengthGrace = 10;

    private const double CutCosts = 0.65;
    private const double LooseHeadCosts = 0.55;
    private const double UnsureHeadCosts = 0.85;
    private const double CuePays = 1.3;

    // What starts so has lost its head: "of the map", "is exactly".
    private static readonly HashSet<string> LooseHeads =
        ["to", "of", "is", "are", "was", "were", "be", "been", "in", "on", "at", "with", "for", "from", "by", "than", "as", "not", "exactly", "about", "into",
        "has", "have", "had", "would", "could", "should", "will", "can", "does", "did", "who", "whose", "is", "really", "just", "able", "else", "them", "him", "or", "and"];

    private static readonly HashSet<string> SureHeads =
        ["i", "i'm", "i've", "i'd", "i'll", "we", "we're", "we've", "we'd", "we'll", "you", "you're", "you've", "you'd", "you'll", "they", "they're", "they've", "they'd",
        "they'll", "he", "he's", "she", "she's", "it", "it's", "it'd", "it'll", "there", "there's", "here", "here's", "the", "this", "these", "those", "that's", "a", "an",
        "my", "our", "your", "their", "his", "her", "what", "what's", "how", "why", "if", "when", "let's", "one", "another", "people", "everyone", "everybody", "someone", "all"];

    private static readonly SearchValues<string> Cues = Phrases(
        "the idea is", "the idea was", "the problem is", "the problem was", "the point is", "the plan", "the goal", "the reason", "the question is", "the question was",
        "the thing is", "the main", "the first", "important", "we want", "we need", "we have to", "it turns out", "the result", "in order to", "the difference", "what we");

    public SummaryCandidate(Utterance utterance, Salience salience)
    {
        Utterance = utterance;
        Terms = [.. utterance.Terms.OfType<string>()];
        Score = Terms.Sum(salience.Weight) / Math.Sqrt(utterance.Words.Count + LengthGrace) * Form(utterance);
    }

    public Utterance Utterance { get; }

    public double Score { get; }

    /// <summary>
    /// Whether it can be a point: it tells enough, has its head, and is no plan. What people propose and take on is no topic, and makes worse points
    /// (measured by ROUGE).
    /// </summary>
    public bool IsPoint => Utterance.Words.Count >= FewestWordsOfPoint && Terms.Count >= FewestTermsOfPoint && !Utterance.GoesOn
        && Utterance.Decided is not { Intent: Intents.Decision or Intents.ActionItem or Intents.Commitment };

    private HashSet<string> Terms { get; }

    public bool SaysTheSameAs(SummaryCandidate other)
    {
        var shared = Terms.Count(other.Terms.Contains);
        return shared > SameShare * Math.Min(Terms.Count, other.Terms.Count);
    }

    private static double Form(Utterance utterance)
    {
        if (utterance.Words.Count == 0)
            return 0;
        var text = string.Join(' ', utterance.Words);
        return (utterance.IsWhole ? 1 : CutCosts)
            * Head(utterance.Words[0].ToLowerInvariant())
            * (text.AsSpan().ContainsAny(Cues) ? CuePays : 1);
    }

    private static SearchValues<string> Phrases(params ReadOnlySpan<string> phrases) => SearchValues.Create(phrases, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a word begins a sentence more often than not.</summary>
    public static bool BeginsSentence(string word) => SureHeads.Contains(word);

    private static double Head(string word) => LooseHeads.Contains(word) ? LooseHeadCosts : SureHeads.Contains(word) ? 1 : UnsureHeadCosts;
}
