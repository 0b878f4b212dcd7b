namespace Parley.Semantics.Outcomes;

/// <summary>Finds the words that say by when, or from when.</summary>
internal static class DuePhrases
{
    private static readonly HashSet<string> Days = Lists.Words("monday tuesday wednesday thursday friday saturday sunday");

    private static readonly HashSet<string> Months =
        Lists.Words("january february march april may june july august september october november december");

    private static readonly HashSet<string> Ordinals = Lists.Words(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
            + "seventeenth "
        + "eighteenth nineteenth twentieth twenty-first thirtieth thirty-first");

    private static readonly HashSet<string> PartsOfDay = Lists.Words("morning noon afternoon evening night midday");
    private static readonly HashSet<string> Spans = Lists.Words("day days week weeks month months year years quarter weekend hour "
        + "hours business summer spring autumn winter");
    private static readonly HashSet<string> Leads = Lists.Words("by before until till on from after");
    private static readonly HashSet<string> Bounds = Lists.Words("by before until till");
    private static readonly HashSet<string> Numbers = Lists.Words("a an one two three four five six seven eight nine ten few couple");

    private static readonly HashSet<string> Occasions =
        Lists.Words("release launch meeting deadline demo call weekend holidays holiday conference audit trial visit presentation "
            + "lunch workshop move");

    private static readonly string[][] Fixed = Lists.Phrases(
        "as soon as possible|asap|right away|immediately|straight away|tonight|next time|end of day|end of the day|end of the week|"
            + "end of the month|eod|later today");

    /// <summary>Returns the first such words from one place up to another; an empty range where there are none.</summary>
    public static (int From, int To) Find(Sentence sentence, int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            var end = Lead(sentence, at, to);
            if (end > at) return (at, end);
        }

        return (to, to);
    }

    private static int Lead(Sentence sentence, int at, int to)
    {
        if (!Leads.Contains(sentence[at])) return Time(sentence, at, to);
        var end = Time(sentence, at + 1, to);
        if (end > at + 1) return end;
        return Occasion(sentence, at, to);
    }

    private static int Time(Sentence sentence, int at, int to)
    {
        var fixedLength = sentence.Match(at, Fixed);
        if (fixedLength > 0 && at + fixedLength <= to) return at + fixedLength;
        var word = at < to ? sentence[at] : "";
        if (word is "today" or "tomorrow" || Days.Contains(word)) return Day(sentence, at + 1, to);
        if (word is "this" or "next" or "coming")
        {
            var next = at + 1 < to ? sentence[at + 1] : "";
            if (Days.Contains(next)) return Day(sentence, at + 2, to);
            return Spans.Contains(next) || PartsOfDay.Contains(next) || Months.Contains(next) ? at + 2 : at;
        }

        if (word == "the" && at + 1 < to) return OfThe(sentence, at, to);
        if (word == "end" && at + 1 < to && sentence[at + 1] == "of") return EndOf(sentence, at + 2, to, at);
        if (Months.Contains(word) && word != "may" && word != "march") return at + 1 < to && IsOrdinal(sentence[at + 1]) ? at + 2 : at + 1;
        if (word == "in" && at + 2 < to && Numbers.Contains(sentence[at + 1])) return In(sentence, at + 2, to, at);
        return word is "noon" or "midday" ? at + 1 : at;
    }

    private static int Day(Sentence sentence, int at, int to)
    {
        if (at < to && PartsOfDay.Contains(sentence[at])) return at + 1;
        if (at + 1 < to && sentence[at] == "the" && IsOrdinal(sentence[at + 1])) return at + 2;
        return at + 1 < to && sentence[at] == "next" && sentence[at + 1] == "week" ? at + 2 : at;
    }

    private static int OfThe(Sentence sentence, int at, int to)
    {
        if (sentence[at + 1] == "end" && sentence[at + 2] == "of") return EndOf(sentence, at + 3, to, at);
        if (!IsOrdinal(sentence[at + 1])) return at;
        var hasMonth = at + 3 < to && sentence[at + 2] == "of" && Months.Contains(sentence[at + 3]);
        // "The first thing" is no date.
        return hasMonth ? at + 4 : at + 2 == to || sentence.Words[at + 2].IsAfterComma ? at + 2 : at;
    }

    private static int EndOf(Sentence sentence, int at, int to, int start)
    {
        if (at < to && sentence[at] is "the" or "this" or "next") at++;
        return at < to && (Spans.Contains(sentence[at]) || Months.Contains(sentence[at])) ? at + 1 : start;
    }

    private static int In(Sentence sentence, int at, int to, int start)
    {
        if (at < to && sentence[at] == "of") at++;
        return at < to && Spans.Contains(sentence[at]) ? at + 1 : start;
    }

    private static int Occasion(Sentence sentence, int at, int to)
    {
        var isBound = Bounds.Contains(sentence[at]) || sentence[at] == "after";
        return isBound && at + 2 < to && sentence[at + 1] is "the" or "our" && Occasions.Contains(sentence[at + 2]) ? at + 3 : at;
    }

    private static bool IsOrdinal(string word) =>
        Ordinals.Contains(word) || (word.Length > 2 && char.IsAsciiDigit(word[0]) && word[^2..] is "st" or "nd" or "rd" or "th");
}
