namespace Parley.Semantics.Outcomes;

/// <summary>Finds what is proposed to a group, and whether it agrees.</summary>
internal static class ProposalRules
{
    private static readonly string[][] Acceptances = Lists.Phrases("let's do that|let's do it|let's do so|we'll do that|we do that|"
        + "we'll do it that way|let's do it that way");

    private static readonly string[][] Proposals = Lists.Phrases("let's|i propose we|i propose that we|i suggest we|i suggest that we|"
        + "shall we|why don't we|i would say we|i'd say we|should we|what if we|i vote we");

    /// <summary>Whether a sentence accepts a proposal for good: "agreed", "deal", "let's do that".</summary>
    public static bool Accepts(Sentence sentence)
    {
        var at = DecisionRules.SkipOpeners(sentence, 0);
        if (sentence.Asks) return false;
        if (sentence.Count - at <= 2 && sentence[at] is "agreed" or "deal" or "sold") return true;
        return sentence.Match(at, Acceptances) is > 0 and var length && sentence.Count <= at + length + 2;
    }

    /// <summary>Returns what a sentence proposes to decide; null for most.</summary>
    public static Finding? Proposal(Sentence sentence)
    {
        var at = DecisionRules.SkipOpeners(sentence, 0);
        var length = sentence.Match(at, Proposals);
        if (length == 0) return null;
        var verb = at + length;
        var rest = DecisionRules.ChoiceAt(sentence, verb, out var points);
        if (points == 0) return null;
        var to = ClauseRules.EndOf(sentence, rest);
        if (Finding.TermsOf(sentence, verb, to).Count == 0 || Conditions.After(sentence, rest, to)) return null;
        return new Finding(sentence, at, verb, rest, to, Doer.Group);
    }
}
