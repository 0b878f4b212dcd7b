namespace Parley.Semantics.Outcomes;

/// <summary>Tells what is said under a condition, as one of several possibilities, or as the words of others.</summary>
internal static class Conditions
{
    private const int Reach = 14;
    private const int ReportReach = 6;
    private const int HedgeReach = 3;

    private static readonly string[][] Cases = Lists.Phrases(
        "in that case|in this case|in which case|in case|if so|if not|otherwise|or else|either|what if|let's say|say we|say you|say i");

    private static readonly string[][] PoliteConditions = Lists.Phrases(
        "if possible|if you can|if you could|if you like|if that's okay|if that is okay|if you don't mind|if you have time|"
            + "if that works|if that's fine");

    private static readonly HashSet<string> Joins = Lists.Words("and but or only even except");

    // "Because we're staying with it": tells why something else is so.
    private static readonly HashSet<string> Reasons = Lists.Words("because cause cuz since although though while as");

    private static readonly HashSet<string> Doubts = Lists.Words("maybe perhaps probably possibly hopefully");

    // "At some point": says that it is not to be done now.
    private static readonly string[][] Vague =
        Lists.Phrases("at some point|some day|someday|one day|sometime|some time|eventually|in the long run");

    /// <summary>Whether words before a place make a condition, a possibility, a reason or a report of what follows.</summary>
    public static bool Before(Sentence sentence, int at)
    {
        var from = Math.Max(0, at - Reach);
        return sentence.Find(from, at, Vocabulary.Conditions) >= 0 || sentence.Has(from, at, Cases) || Reasons.Contains(sentence[at - 1])
            || sentence[at - 1] == "or" || (sentence[at - 2] == "or" && sentence[at - 1] is "then" or "maybe" or "else")
            || sentence.Find(Math.Max(0, at - ReportReach), at, Vocabulary.Reports) >= 0;
    }

    /// <summary>Whether a clause from one place to another holds only under a condition that is more than politeness.</summary>
    public static bool After(Sentence sentence, int from, int to)
    {
        // The clause ends before its condition.
        var next = Joins.Contains(sentence[to]) ? to + 1 : to;
        for (var at = from; at <= next && at < sentence.Count; at++)
        {
            if (at == to && next > to) continue;
            if (sentence[at] is "if" or "unless" or "provided" or "assuming" && !IsPolite(sentence, at)) return true;
            if (sentence[at] == "as" && sentence[at + 1] == "long" && sentence[at + 2] == "as") return true;
        }

        return false;
    }

    /// <summary>Whether a condition that is mere politeness stands at a place: "if you like".</summary>
    public static bool IsPolite(Sentence sentence, int at) => sentence[at] == "if" && sentence.Match(at, PoliteConditions) > 0;

    /// <summary>Whether a sentence answers a condition that stands in the one before it: "And if they refuse?" "Then I'll call."</summary>
    public static bool Answers(Sentence sentence, Sentence before)
    {
        var at = 0;
        while (sentence[at] is "and" or "so" or "well" or "yes" or "yeah") at++;
        return sentence[at] == "then" && (before.Find(0, before.Count, Vocabulary.Conditions) >= 0 || before.Has(0, before.Count, Cases));
    }

    /// <summary>Whether doubt stands just before a form, or between it and its verb.</summary>
    public static bool IsHedged(Sentence sentence, int form, int length, int verb) =>
        sentence.Find(form - HedgeReach, form, Vocabulary.Hedges) >= 0 || sentence.Find(form + length, verb, Vocabulary.Hedges) >= 0;

    /// <summary>Whether doubt stands in a clause: "we'll collect them, hopefully".</summary>
    public static bool IsDoubted(Sentence sentence, int from, int to) => sentence.Find(from, to, Doubts) >= 0;

    /// <summary>Whether something is put off to a day that is not named.</summary>
    public static bool IsPutOff(Sentence sentence, int from, int to) => sentence.Has(from, to, Vague);
}
