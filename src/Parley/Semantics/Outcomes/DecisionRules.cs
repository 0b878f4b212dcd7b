namespace Parley.Semantics.Outcomes;

/// <summary>Finds what a group decides, or says that it has decided.</summary>
internal static class DecisionRules
{
    private const int Enough = 4;
    private const int DenialReach = 5;

    private static readonly string[][] Deciders = Lists.Phrases(
        "we|we've|we have|i've|i have|the board|the board has|management|management has|the team|the team has|the committee|"
            + "the committee has|everybody|everyone|it was|it's been|it has been|"
        + "that was|it is|it's|we're|we are");

    private static readonly HashSet<string> Between = Lists.Words("just also all finally already now then both together basically "
        + "recently");
    private static readonly HashSet<string> Said = Lists.Words("decided agreed settled chosen chose opted picked selected rejected "
        + "approved");

    private static readonly HashSet<string> Choosing = Lists.Words("chosen chose opted picked selected rejected approved");

    private static readonly Dictionary<string, HashSet<string>> After = new()
    {
        ["decided"] = Lists.Words("to on against that not for we in the"),
        ["agreed"] = Lists.Words("to on that we not"),
        ["settled"] = Lists.Words("on"),
        ["opted"] = Lists.Words("for"),
    };

    private static readonly string[][] Nouns = Lists.Phrases(
        "the final decision is|final decision|the decision is to|the decision is that|the decision is|the decision was to|"
            + "the decision was that|our decision is to|our decision is|we made the decision to|we've made the decision to|"
        + "we made a decision to|we have made the decision to|from now on we|from now on you|from now on everybody|"
        + "from now on everyone|from now on all|we're all agreed that|we're all agreed on");

    private static readonly string[][] History =
        Lists.Phrases("last year|years ago|year ago|months ago|month ago|back then|back in|at the time|"
        + "originally|initially|at first|in the past|used to");

    // "We decided we were".
    private static readonly HashSet<string> Past = Lists.Words("were was had did");

    private static readonly HashSet<string> Spans =
        Lists.Words("day week month year time morning afternoon evening monday tuesday wednesday thursday friday");

    // What undoes "we decided" when it stands before.
    private static readonly HashSet<string> Denials = Lists.Words(
        "if whether when before until unless what which how why thought did didn't not never once suppose supposing said wish have "
            + "should could might may would haven't hadn't "
        + "whatever whichever though as where after says like say till");

    private static readonly (string[] Words, int Points)[] Forms =
    [
        .. Lists.Phrases("we won't|we're not going to|we're not gonna|we are not going to").Select(words => (words, 2)),
        .. Lists.Phrases("we'll|we will|we're going to|we're gonna|we are going to|we're|we are|we shall").Select(words => (words, 1)),
        .. Lists.Phrases("we|let's").Select(words => (words, 0)),
    ];

    // One person chooses so, too, where others would say "I'll do".
    private static readonly string[][] OwnChoices = Lists.Phrases(
        "i'll go with|i'll stick with|i'll stay with|i'll stick to|i'm going with|i'm sticking with|i'm staying with|i will go with|"
            + "i will stay with|i will stick with");

    private static readonly HashSet<string> Doubts = Lists.Words("maybe perhaps probably possibly might could would should hopefully "
        + "guess wonder suggest propose can think may want wanted try need have");
    private static readonly HashSet<string> Closings = Lists.Words("decided settled agreed final fixed");
    private static readonly HashSet<string> NoPlaces = Lists.Words("what how where whatever whoever this that here there who yes yeah "
        + "so think which as than like is was");

    /// <summary>Returns the decisions of a sentence, in order.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="isClosing">Whether what stands before it says that the matter is settled: "Good."</param>
    public static IEnumerable<Finding> Find(Sentence sentence, bool isClosing)
    {
        if (sentence.Asks) yield break;
        if ((ItIs(sentence) ?? Passive(sentence) ?? Rule(sentence)) is { } place)
        {
            yield return place;
            yield break;
        }

        for (var at = 0; at < sentence.Count; at++)
        {
            if ((Stated(sentence, at) ?? Chosen(sentence, at, isClosing)) is not { } found) continue;
            yield return found;
            at = found.To - 1;
        }
    }

    /// <summary>Whether a sentence says that what was said before it is settled: "That is decided."</summary>
    public static bool Confirms(Sentence sentence)
    {
        if (sentence.Asks || sentence.Count > 5 || sentence.Find(0, sentence.Count, Vocabulary.Negations) >= 0) return false;
        var at = SkipOpeners(sentence, 0);
        var isWhole = sentence[at] is "that's" or "it's" || (sentence[at] is "that" or "it" && sentence[at + 1] is "is");
        var word = at + (isWhole ? (sentence[at][^2] == '\'' ? 1 : 2) : 0);
        while (sentence[word] is "now" or "all" or "then") word++;
        if (!Closings.Contains(sentence[word])) return false;
        // "Agreed" alone only agrees.
        return word + 1 >= sentence.Count - 1 && (isWhole || sentence[word] is "decided" or "settled");
    }

    /// <summary>Returns a whole sentence as the decision that the next one confirms; null where it is none.</summary>
    public static Finding? Whole(Sentence sentence)
    {
        var at = SkipOpeners(sentence, 0);
        if (sentence.Asks || sentence.Count - at < 3 || Conditions.Before(sentence, sentence.Count)
            || Conditions.After(sentence, at, sentence.Count)) return null;
        return Finding.TermsOf(sentence, at, sentence.Count).Count == 0
            ? null
            : new Finding(sentence, at, at, at, sentence.Count, Doer.Group);
    }

    /// <summary>Returns the place of the first word that counts, from a place on.</summary>
    public static int SkipOpeners(Sentence sentence, int at)
    {
        while (Vocabulary.Openers.Contains(sentence[at]) && !Closings.Contains(sentence[at])) at++;
        return at;
    }

    // "We decided against the second vendor."
    private static Finding? Stated(Sentence sentence, int at)
    {
        var length = sentence.Match(at, Deciders);
        var noun = sentence.Match(at, Nouns);
        int rest;
        if (noun > 0) rest = at + noun;
        else if (length > 0)
        {
            var verb = at + length;
            while (Between.Contains(sentence[verb])) verb++;
            if (!Said.Contains(sentence[verb]) || verb + 1 >= sentence.Count) return null;
            if (Choosing.Contains(sentence[verb]) && (sentence[at] is not ("we" or "we've") || sentence[verb + 1] == "up")) return null;
            var isFree = !After.TryGetValue(sentence[verb], out var after) || sentence.Words[verb + 1].IsAfterComma;
            if (!isFree && !after!.Contains(sentence[verb + 1])) return null;
            rest = verb + 1;
        }
        else return null;

        if (sentence.Find(at - DenialReach, at, Denials) >= 0 || sentence[at - 1] == "or") return null;
        if (RelativeClauses.SaysWhich(sentence, at)) return null;
        var to = ClauseRules.EndOf(sentence, rest + 1);
        if (rest >= to || sentence[rest + 1] is "decide" or "do" && sentence[rest + 2] is "what" or "") return null;
        if (Conditions.After(sentence, rest, to) || IsHistory(sentence, at, to)) return null;
        if (sentence[rest] == "we" && Past.Contains(sentence[rest + 1])) return null;
        var terms = Finding.TermsOf(sentence, rest, to);
        terms.ExceptWith(Spans);
        if (terms.Count == 0 || (!sentence.IsEnded && to - rest < 4)) return null;
        return new Finding(sentence, at, at, rest, to, sentence[at] is "i've" or "i" ? Doer.Speaker : Doer.Group);
    }

    // "Originally we decided to", "we agreed on that a year ago": what holds now may be something else.
    private static bool IsHistory(Sentence sentence, int at, int to) => sentence.Has(at - DenialReach, to, History);

    // "Good, then we go with Thursday."
    private static Finding? Chosen(Sentence sentence, int at, bool isClosing)
    {
        if (sentence.Match(at, OwnChoices) > 0) return Own(sentence, at);
        foreach (var (words, formPoints) in Forms)
        {
            if (sentence.Match(at, words) == 0) continue;
            var verb = at + words.Length;
            var isNot = sentence[verb] == "not";
            if (isNot) verb++;
            while (Vocabulary.Adverbs.Contains(sentence[verb])) verb++;
            var rest = ChoiceAt(sentence, verb, out var points);
            if (points == 0) continue;
            var isGerund = sentence[verb].EndsWith("ing", StringComparison.Ordinal);
            if (isGerund != (words[^1] is "we're" or "are")) continue;
            if (Conditions.Before(sentence, at) || sentence.Find(at - 3, at, Vocabulary.Negations) >= 0) return null;
            if (sentence.Find(at - 6, verb, Doubts) >= 0 || RelativeClauses.SaysWhich(sentence, at)) return null;
            var to = ClauseRules.EndOf(sentence, rest);
            var terms = Finding.TermsOf(sentence, rest, to);
            if (terms.Count == 0 || Conditions.After(sentence, rest, to)) return null;
            var closes = isClosing || sentence[to - 1] == "then" || sentence.Find(at - 4, at, Vocabulary.Closures) >= 0;
            var (from, until) = DuePhrases.Find(sentence, rest, to);
            var score = formPoints + points + 1 + (closes ? 1 : 0) + (isNot ? 1 : 0) + (until > from ? 1 : 0);
            return score < Enough ? null : new Finding(sentence, at, at, rest, to, Doer.Group);
        }

        return null;
    }

    // "I'll go with the yearly plan."
    private static Finding? Own(Sentence sentence, int at)
    {
        var rest = at + sentence.Match(at, OwnChoices);
        if (Conditions.Before(sentence, at) || sentence.Find(at - 6, at, Doubts) >= 0) return null;
        var to = ClauseRules.EndOf(sentence, rest);
        if (rest >= to || Conditions.After(sentence, rest, to) || Finding.TermsOf(sentence, rest, to).Count == 0) return null;
        return new Finding(sentence, at, at, rest, to, Doer.Speaker);
    }

    // "Thursday it is."
    private static Finding? ItIs(Sentence sentence)
    {
        var at = SkipOpeners(sentence, 0);
        var end = sentence.Count - (sentence[sentence.Count - 1] == "then" ? 1 : 0);
        if (!sentence.IsEnded || end - at is < 3 or > 6 || sentence[end - 2] != "it" || sentence[end - 1] != "is") return null;
        return sentence.Find(0, end - 2, NoPlaces) >= 0 || Finding.TermsOf(sentence, at, end - 2).Count == 0
            ? null
            : new Finding(sentence, at, at, at, end, Doer.Group);
    }

    // "The launch is postponed", "the budget has been approved".
    private static Finding? Passive(Sentence sentence)
    {
        if (!sentence.IsEnded || sentence.Find(0, sentence.Count, Vocabulary.Negations) >= 0) return null;
        for (var at = 1; at < sentence.Count; at++)
        {
            var length = sentence.Match(at, Passives);
            if (length == 0 || !Fates.Contains(sentence[at + length])) continue;
            var from = SkipOpeners(sentence, 0);
            var isReal = !Conditions.Before(sentence, at) && !Conditions.After(sentence, at, sentence.Count)
                && sentence.Find(0, at + length, Doubts) < 0;
            return isReal && from < at && Finding.TermsOf(sentence, from, at).Count > 0
                ? new Finding(sentence, from, from, at, ClauseRules.EndOf(sentence, at + length + 1), Doer.Group)
                : null;
        }

        return null;
    }

    // "From now on, every refund goes through me."
    private static Finding? Rule(Sentence sentence)
    {
        var at = SkipOpeners(sentence, 0);
        return sentence.IsEnded && sentence.Match(at, FromNowOn) > 0 && sentence.Count - at > 5
            && sentence.Find(0, sentence.Count, Doubts) < 0
            ? new Finding(sentence, at, at, at + 3, sentence.Count, Doer.Group)
            : null;
    }

    private static readonly string[][] Passives = Lists.Phrases("is|are|has been|have been|is now|are now");
    private static readonly string[][] FromNowOn = Lists.Phrases("from now on|from today on|starting today|starting tomorrow|"
        + "starting monday|as of today|as of monday");
    private static readonly HashSet<string> Fates = Lists.Words("postponed cancelled canceled approved rejected dropped scrapped adopted");

    /// <summary>Returns the place after a verb of choice, and how much the verb says; no points where there is none.</summary>
    public static int ChoiceAt(Sentence sentence, int at, out int points)
    {
        points = 0;
        if (!Vocabulary.Choices.TryGetValue(sentence[at], out var verbs)) return at;
        var length = sentence.Match(at, verbs);
        if (length == 0) return at;
        var next = sentence[at + length];
        // "We keep talking", "keep in mind", "go for lunch".
        var isHabit = next.EndsWith("ing", StringComparison.Ordinal) || next is "in" or "track" or "up" or "you" or "on" or "it";
        if (sentence[at] is "keep" or "keeping" && isHabit) return at;
        points = Vocabulary.WeakChoices.Contains(sentence[at]) ? 1 : 2;
        return at + length;
    }
}
