namespace Parley.Semantics.Outcomes;

/// <summary>Finds what people take on, ask for and lay on others.</summary>
/// <remarks>
/// A form ("I'll", "can you"), a verb of a task ("send"), something that it is about and a date each count; enough of them make an action
/// item.
/// Doubt, conditions, reports, negations and talk about the talk make nothing of it.
/// </remarks>
internal static class TaskRules
{
    private const int Enough = 5;
    private const int PutOffReach = 4;

    private static readonly (string[] Words, Doer Doer, int Points)[] Forms =
    [
        .. Form("i'll|i will|i'm gonna|i'm going to|i am going to|i need to|i have to|i've got to", Doer.Speaker, 2),
        .. Form("i must|i gotta|i shall|i promise to", Doer.Speaker, 2),
        .. Form("i should|let me", Doer.Speaker, 1),
        .. Form("can you|could you|would you|will you|i want you to|i need you to|i'd like you to|please|"
            + "could you guys|can you guys|don't forget to", Doer.Addressee, 2),
        .. Form("can i ask you to|could i ask you to|may i ask you to|would you be able to|are you able to|"
            + "remember to|i'm going to need you to", Doer.Addressee, 2),
        .. Form("you need to|you'll|you will|make sure you|you're going to|you're gonna", Doer.Addressee, 1),
        .. Form("you have to|if you could|if you can", Doer.Addressee, 1),
        .. Form("you should", Doer.Addressee, 0),
        .. Form("we'll|we will|we're gonna|we're going to", Doer.Group, 2),
        .. Form("we need to|we have to|we should|we must|let's", Doer.Group, 1),
        .. Form("somebody has to|somebody needs to|somebody must|someone has to|someone needs to|someone must|"
            + "somebody will have to|someone will have to", Doer.Anybody, 1),
        .. Form("he'll|she'll|they'll|he will|she will|they will|he's going to|she's going to|they're going to", Doer.Anybody, 1),
        .. Form("somebody should|someone should", Doer.Anybody, 0),
    ];

    private static readonly Dictionary<string, (string[] Words, Doer Doer, int Points)[]> ByFirst =
        Forms.GroupBy(form => form.Words[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(form => form.Words.Length).ToArray());

    private static readonly string[][] NamedForms = Lists.Phrases("will|is going to|is gonna|needs to|has to|must|should|can you|"
        + "could you|would you|will you|please");

    // "Get ready", "make better": how something is, and no task.
    private static readonly HashSet<string> States =
        Lists.Words("really very quite pretty so too more less better worse bigger smaller faster "
        + "smart smarter rich old older good ready started going used lost stuck busy done home there here to in on off out "
        + "along away over "
        + "around through by into close closer sure sense");
    private static readonly HashSet<string> Auxiliaries = Lists.Words("can could would will should may");

    /// <summary>Returns the action items of a sentence, in order.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="isName">Whether a word is the name of somebody.</param>
    public static IEnumerable<Finding> Find(Sentence sentence, Func<Sentence, int, bool> isName)
    {
        for (var at = 0; at < sentence.Count; at++)
        {
            if (FormAt(sentence, at, isName) is not { } form || Read(sentence, at, form, isName) is not { } found) continue;
            yield return found;
            at = found.To - 1;
        }
    }

    /// <summary>
    /// Returns what is asked for in a short order with a date at the beginning of a sentence: "send me the list by Friday".
    /// </summary>
    public static Finding? Order(Sentence sentence, int at)
    {
        var rest = VerbAt(sentence, at, out var points);
        if (!sentence.IsEnded || sentence.Asks || points == 0 || sentence[rest] is "you" or "i" or "we" or "not") return null;
        var to = ClauseRules.EndOf(sentence, rest);
        if (Conditions.After(sentence, rest, to)) return null;
        var found = new Finding(sentence, at, at, rest, to, Doer.Addressee);
        var isTelling = sentence[at] is "tell" or "let" && sentence[at + 1] is "us" or "me" && sentence.Find(at, to, TellingWords) > 0;
        return found.Due is not null || isTelling ? found : null;
    }

    /// <summary>Returns what a speaker offers to do: "I can work out the number", "should I write the mail?"</summary>
    public static Finding? Offer(Sentence sentence)
    {
        for (var at = 0; at < sentence.Count; at++)
        {
            var length = sentence.Match(at, Offers);
            if (length == 0 || Conditions.Before(sentence, at)) continue;
            var verb = SkipAdverbs(sentence, at + length);
            var rest = VerbAt(sentence, verb, out var points);
            if (points < 1 || sentence.Find(verb - 2, verb, Vocabulary.Negations) >= 0) continue;
            var to = ClauseRules.EndOf(sentence, rest);
            if (Conditions.After(sentence, rest, to)) continue;
            if (Finding.TermsOf(sentence, rest, to).Count > 0) return new Finding(sentence, at, verb, rest, to, Doer.Speaker);
        }

        return null;
    }

    private static readonly string[][] Offers = Lists.Phrases("i can|i could|should i|shall i|do you want me to|want me to|"
        + "would you like me to|can i|i'd be happy to|i'm happy to");
    private static readonly HashSet<string> TellingWords = Lists.Words("when once know");

    private static IEnumerable<(string[] Words, Doer Doer, int Points)> Form(string phrases, Doer doer, int points) =>
        Lists.Phrases(phrases).Select(phrase => (phrase, doer, points));

    private static (int Length, Doer Doer, int Points, string? Name)? FormAt(Sentence sentence, int at, Func<Sentence, int, bool> isName)
    {
        if (ByFirst.TryGetValue(sentence[at], out var forms))
        {
            foreach (var (words, doer, points) in forms)
            {
                if (sentence.Match(at, words) > 0) return (words.Length, doer, points, null);
            }
        }

        if (!isName(sentence, at)) return null;
        var length = sentence.Match(at + 1, NamedForms);
        if (length == 0) return null;
        return (length + 1, Doer.Named, sentence[at + 1] == "should" ? 1 : 2, sentence.Quote(at, at + 1));
    }

    private static Finding? Read(
        Sentence sentence, int at, (int Length, Doer Doer, int Points, string? Name) form, Func<Sentence, int, bool> isName)
    {
        var isRequest = form.Doer is Doer.Addressee or Doer.Named && IsRequest(sentence, at, form.Length);
        if (sentence.Asks && !isRequest && !IsTagged(sentence)) return null;
        var isAsked = Auxiliaries.Contains(sentence[at]) && !isRequest;
        if (isAsked || Conditions.Before(sentence, at) || RelativeClauses.SaysWhich(sentence, at)) return null;
        var verb = SkipAdverbs(sentence, at + form.Length);
        if (Conditions.IsHedged(sentence, at, form.Length, verb)) return null;
        if (sentence.Find(at - 3, at, Vocabulary.Negations) >= 0 && sentence[at - 1] is not ("no" or "course")) return null;
        var rest = VerbAt(sentence, verb, out var points);
        var to = ClauseRules.EndOf(sentence, rest);
        if (verb >= to) return null;
        // "Can you send me the numbers, Ben?"
        var last = sentence.Count - 1;
        if (form.Doer == Doer.Addressee && last > rest && sentence.Words[last].IsAfterComma && isName(sentence, last))
        {
            form = form with { Doer = Doer.Named, Name = sentence.Quote(last, last + 1) };
            to = Math.Min(to, last);
        }

        var (dueFrom, dueTo) = DuePhrases.Find(sentence, rest, to);
        var isDated = dueTo > dueFrom;
        if (rest == verb)
        {
            // "I'll have it on staging by Tuesday": the date makes a task of it.
            if (!isDated || sentence[verb] is not ("have" or "get") || form.Doer != Doer.Speaker) return null;
            rest = verb + 1;
        }

        if (sentence.Find(verb - 1, rest + 1, Vocabulary.Negations) >= 0) return null;
        if (Conditions.After(sentence, rest, to) || Conditions.IsPutOff(sentence, at - PutOffReach, to)) return null;
        if (Conditions.IsDoubted(sentence, rest, to) || HasNoObject(sentence, verb, rest)) return null;
        var terms = Finding.TermsOf(sentence, rest, to);
        if (terms.Overlaps(Vocabulary.TalkObjects)) return null;
        if (dueTo > dueFrom) terms.ExceptWith(Finding.TermsOf(sentence, dueFrom, dueTo));
        if (terms.Count == 0 && !isDated) return null;
        // "We're going to" tells a plan as often as how something is made; where sentences have no ends, only a date tells them apart.
        var formPoints = form.Doer == Doer.Group && !sentence.IsEnded ? Math.Min(form.Points, 1) : form.Points;
        var score = formPoints + points + (terms.Count > 0 ? 1 : 0) + (isDated ? 2 : 0);
        return score < Enough ? null : new Finding(sentence, at, verb, rest, to, form.Doer, form.Name);
    }

    // "We'll finish by five": the talk, and no task.
    private static bool HasNoObject(Sentence sentence, int verb, int rest) =>
        sentence[verb] is "finish" or "complete" && sentence[rest] is "by" or "at" or "before" or "early" or "soon" or "now" or "here";

    // "Can you send": asks for it, and does not say that it can be done.
    private static bool IsRequest(Sentence sentence, int at, int length) =>
        Auxiliaries.Contains(sentence[at]) || Auxiliaries.Contains(sentence[Math.Max(at, at + length - 2)])
        || sentence[at + length - 1] is "please" or "to";

    // "I'll send it on Monday, okay?"
    private static bool IsTagged(Sentence sentence) => sentence[sentence.Count - 1] is "okay" or "right" or "yeah" or "alright";

    private static int SkipAdverbs(Sentence sentence, int at)
    {
        while (true)
        {
            var phrase = sentence.Match(at, Vocabulary.AdverbPhrases);
            if (phrase > 0) at += phrase;
            else if (Vocabulary.Adverbs.Contains(sentence[at])) at++;
            else return at;
        }
    }

    private static int VerbAt(Sentence sentence, int at, out int points)
    {
        points = 0;
        if (!Vocabulary.Tasks.TryGetValue(sentence[at], out var verbs)) return at;
        var length = sentence.Match(at, verbs);
        if (length == 0 || (length == 1 && sentence[at] is "get" or "make" && States.Contains(sentence[at + 1]))) return at;
        var addressesTalk = sentence[at] is "ask" or "tell" or "show" or "give" or "meet" && sentence[at + 1] == "you";
        points = addressesTalk || Vocabulary.WeakTasks.Contains(length == 1 ? sentence[at] : $"{sentence[at]} {sentence[at + 1]}") ? 1 : 2;
        if (sentence[at] == "let") points = sentence[at + 2] == "know" || sentence[at + 3] == "know" ? 2 : 0;
        if (sentence[at] is "talk" or "speak" or "meet" && sentence[at + 1] is "to" or "with" && sentence[at + 2] == "you") points = 0;
        return at + length;
    }
}
