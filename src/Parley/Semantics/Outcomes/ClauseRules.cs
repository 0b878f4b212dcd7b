namespace Parley.Semantics.Outcomes;

/// <summary>
/// Says where a clause ends. A quotation may be longer than its clause, never shorter: what is cut off could change what it says.
/// </summary>
internal static class ClauseRules
{
    private const int MostWords = 32;

    private static readonly HashSet<string> Breaks = Lists.Words(
        "so but because cause cuz okay well yeah right which since although though otherwise unless if i i'm i'll i've we we're we'll "
            + "you you're he she they they're it's that's "
        + "anyway alright um let's");

    private static readonly HashSet<string> Subjects = Lists.Words("i i'm i'll i've i'd we we're we'll we've you you're you'll he "
        + "he's she she's they they're it it's that's there there's if when then");

    private static readonly HashSet<string> Modals = Lists.Words("will can could should must would has needs shall won't");
    private static readonly HashSet<string> Joins = Lists.Words("and or but so because like plus maybe");
    private static readonly HashSet<string> Exceptions = Lists.Words("not only without except never");
    private static readonly HashSet<string> Binders = Lists.Words("that which who what how if whether when where");

    // What cannot be the last word of a text that is whole.
    private static readonly HashSet<string> OpenEnds = Lists.Words(
        "a an the to of for from with at in on by as than my your our their his her its every some any very more i i'm i'd i'll i've we "
            + "we're we'd we'll we've he he's she she's they they're they'd they'll it's it'd it'll that's there's who which "
            + "what whether if "
        + "when while until is are was were be been am do does did will would could should can must may might not about into");

    /// <summary>Returns the exclusive end index of the clause whose object starts at <paramref name="rest"/>, and <paramref name="rest"/>
    /// itself where a text without punctuation shows no end.</summary>
    public static int EndOf(Sentence sentence, int rest)
    {
        var end = BreakAfter(sentence, rest);
        while (end > rest && Joins.Contains(sentence[end - 1])) end--;
        return end;
    }

    /// <summary>Whether a clause breaks off before its end: "send the list to the".</summary>
    public static bool BreaksOff(Sentence sentence, int end) =>
        !(sentence.IsEnded && end == sentence.Count) && OpenEnds.Contains(sentence[end - 1]);

    private static int BreakAfter(Sentence sentence, int rest)
    {
        for (var at = rest; at < sentence.Count; at++)
        {
            if (!sentence.IsEnded && at - rest >= MostWords) return rest;
            if (Conditions.IsPolite(sentence, at) || IsAnother(sentence, rest, at)) return at;
            if (sentence.Words[at].IsAfterComma ? IsBreak(sentence, at) : !sentence.IsEnded && IsOpenBreak(sentence, rest, at)) return at;
        }

        return sentence.Count;
    }

    private static bool IsBreak(Sentence sentence, int at) =>
        (Breaks.Contains(sentence[at]) || IsJoined(sentence, at)) && !IsPurpose(sentence, at) && !IsException(sentence, at);

    // "I'll send you the list": whom it is for, and no new sentence.
    private static bool IsOpenBreak(Sentence sentence, int rest, int at) =>
        IsBreak(sentence, at) && !(at == rest && sentence[at] == "you") && !RelativeClauses.BeginsAt(sentence, at);

    // "And then we", but not "and then down".
    private static bool IsJoined(Sentence sentence, int at) => sentence[at] == "and"
        && Subjects.Contains(sentence[at + 1] == "then" && at + 2 < sentence.Count ? sentence[at + 2] : sentence[at + 1]);

    // "I'll send the notes and Ben will call the vendor."
    private static bool IsAnother(Sentence sentence, int rest, int at)
    {
        if (sentence[at] != "and" || sentence.Find(rest, at, Binders) >= 0) return false;
        return sentence[at + 1].EndsWith("'ll", StringComparison.Ordinal) || Modals.Contains(sentence[at + 2])
            || (sentence[at + 1] is "the" or "our" or "my" && Modals.Contains(sentence[at + 3]));
    }

    // "So that Chloe can test it."
    private static bool IsPurpose(Sentence sentence, int at) => sentence[at] == "so" && sentence[at + 1] == "that";

    // "But not on Friday."
    private static bool IsException(Sentence sentence, int at) => sentence[at] == "but" && Exceptions.Contains(sentence[at + 1]);
}
