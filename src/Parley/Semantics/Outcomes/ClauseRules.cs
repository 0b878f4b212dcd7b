namespace Parley.Semantics.Outcomes;

/// <summary>Where a statement ends, and what stands before it that makes something else of it.</summary>
internal static class ClauseRules
{
    private const int MostWords = 24;
    private const int ConditionReach = 14;
    private const int ReportReach = 6;
    private const int HedgeReach = 3;

    private static readonly HashSet<string> Breaks = Lists.Words(
        "so but because cause cuz okay well yeah right which since although though otherwise unless if i i'm i'll i've we we're we'll "
            + "you you're he she they they're it's that's "
        + "anyway alright um let's");

    private static readonly HashSet<string> Subjects = Lists.Words("i i'm i'll i've i'd we we're we'll we've you you're you'll he "
        + "he's she she's they they're it it's that's there there's if when then");

    private static readonly string[][] PoliteConditions = Lists.Phrases(
        "if possible|if you can|if you could|if you like|if that's okay|if that is okay|if you don't mind|if you have time|"
            + "if that works|if that's fine");

    /// <summary>Returns the exclusive end index of the clause whose object starts at <paramref name="rest"/>.</summary>
    public static int EndOf(Sentence sentence, int rest)
    {
        for (var at = rest; at < sentence.Count; at++)
        {
            if (at - rest >= MostWords) return at;
            if (sentence.Match(at, PoliteConditions) > 0) return at;
            var word = sentence[at];
            var isJoined = word == "and" && Subjects.Contains(sentence[at + 1]);
            if (sentence.Words[at].IsAfterComma && (isJoined || Breaks.Contains(word)) && !IsPurpose(sentence, at)) return at;
            // "I'll send you the list": whom it is for, and no new sentence.
            var isReceiver = at == rest && word == "you";
            if (!sentence.IsEnded && !isReceiver && (isJoined || Breaks.Contains(word)) && !IsRelative(sentence, at)) return at;
        }

        return sentence.Count;
    }

    /// <summary>Whether words before a place make a condition, a report or a question of what follows.</summary>
    public static bool IsUnreal(Sentence sentence, int at)
    {
        var from = Math.Max(0, at - ConditionReach);
        if (sentence.Find(from, at, Vocabulary.Conditions) >= 0) return true;
        return sentence.Find(Math.Max(0, at - ReportReach), at, Vocabulary.Reports) >= 0;
    }

    /// <summary>Whether a condition follows that is more than politeness.</summary>
    public static bool HasCondition(Sentence sentence, int from)
    {
        for (var at = from; at < sentence.Count && at < from + MostWords; at++)
        {
            if (sentence[at] is "if" or "unless" && sentence.Match(at, PoliteConditions) == 0) return true;
        }

        return false;
    }

    /// <summary>Whether doubt stands just before a form, or between it and its verb.</summary>
    public static bool IsHedged(Sentence sentence, int form, int length, int verb) =>
        sentence.Find(form - HedgeReach, form, Vocabulary.Hedges) >= 0 || sentence.Find(form + length, verb, Vocabulary.Hedges) >= 0;

    // "So that Chloe can test it."
    private static bool IsPurpose(Sentence sentence, int at) => sentence[at] == "so" && sentence[at + 1] == "that";

    // "The list that you sent", "which ones we need".
    private static bool IsRelative(Sentence sentence, int at) =>
        sentence[at] is "i" or "we" or "you" or "he" or "she" or "they" or "you're" or "they're" or "we're"
        && sentence[at - 1] is "that" or "what" or "which" or "who" or "where" or "how" or "whether" or "when" or "for"
            or "to" or "with" or "before" or "after" or "until" or "because";
}
