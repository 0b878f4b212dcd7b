namespace Parley.Semantics.Outcomes;

/// <summary>Tells clauses that only say which thing is meant: "the hotel that we picked", "the list you sent".</summary>
internal static class RelativeClauses
{
    private const int LongestNoun = 3;

    private static readonly HashSet<string> Pronouns = Lists.Words("i we you he she they i'm we're you're they're i'll we'll you'll he'll "
        + "she'll they'll i've we've");

    private static readonly HashSet<string> Links = Lists.Words(
        "that what which who where how whether when for to with before after until because sure");

    private static readonly HashSet<string> Determiners = Lists.Words(
        "the a an all any every each some my your our their his her only first last those these");

    private static readonly HashSet<string> Prepositions =
        Lists.Words("in at on to after during before by since from for with of until about");

    // "But we": another clause begins.
    private static readonly HashSet<string> Joins =
        [.. Vocabulary.Openers, .. Lists.Words("or because since cuz cause though although anyway if when")];

    // "The morning", "last time": says when, and is no thing.
    private static readonly HashSet<string> Times =
        Lists.Words("morning noon afternoon evening night day week month year time end moment meeting "
        + "today tomorrow tonight monday tuesday wednesday thursday friday saturday sunday");

    // "I know that we decided to", "after that we": no thing is named before "that".
    private static readonly HashSet<string> NoThings =
        Lists.Words("is was know think remember note noted sure clear mind fact after before with like");

    /// <summary>Whether the subject at a place begins a clause that belongs to the words before it.</summary>
    public static bool BeginsAt(Sentence sentence, int at) =>
        Pronouns.Contains(sentence[at]) && (Links.Contains(sentence[at - 1]) || FollowsThing(sentence, at));

    /// <summary>Whether what begins at a place says which thing is meant, and decides or asks for nothing.</summary>
    public static bool SaysWhich(Sentence sentence, int at)
    {
        if (at == 0 || sentence.Words[at].IsAfterComma || !Pronouns.Contains(sentence[at])) return false;
        return sentence[at - 1] switch
        {
            "which" or "who" or "whom" or "what" => true,
            "that" => !NoThings.Contains(sentence[at - 2]),
            _ => FollowsThing(sentence, at),
        };
    }

    // "All the things we", but not "in the end we".
    private static bool FollowsThing(Sentence sentence, int at)
    {
        if (sentence.Words[at].IsAfterComma || Times.Contains(sentence[at - 1]) || Joins.Contains(sentence[at - 1])) return false;
        for (var first = at - 2; first >= at - LongestNoun - 1; first--)
        {
            if (Determiners.Contains(sentence[first])) return !OpensWith(sentence, first - 1);
            if (Prepositions.Contains(sentence[first]) || Vocabulary.Conditions.Contains(sentence[first])) return false;
        }

        return false;
    }

    // "At the meeting we", and not "I looked at the list we".
    private static bool OpensWith(Sentence sentence, int at) => Prepositions.Contains(sentence[at])
        && (at == 0 || sentence.Words[at].IsAfterComma || Vocabulary.Openers.Contains(sentence[at - 1]));
}
