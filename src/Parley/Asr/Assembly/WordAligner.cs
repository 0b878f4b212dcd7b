namespace Parley.Asr;

/// <summary>
/// Finds the words of a final that repeat what was said: a run at its start that has the words of what was said, in order, each at nearly
/// the same shift in time. Times alone never make a repeat, nor does text alone.
/// </summary>
internal sealed class WordAligner
{
    private readonly WordRun _run = new();
    private WordRun _best = new();
    private WordRun _other = new();

    /// <summary>Whether a word was said at nearly the same time, and that does not suffice.</summary>
    public bool IsPossibleRepeat { get; private set; }

    /// <summary>Finds the repeat in the words of a message; null where there is none. Valid until the next call.</summary>
    public WordRun? Find(ReadOnlySpan<HeardWord> words, SaidWords said, Coverage covered, in AlignmentRules rules, long message)
    {
        IsPossibleRepeat = false;
        if (said.Count == 0 || words.IsEmpty || words[0].Start - words[0].Slack - rules.MaxShiftSec > LatestEnd(said)) return null;

        var last = rules.IsCumulative ? words.Length - 1 : Math.Min(rules.RevisesAtEdges ? 1 : 0, words.Length - 1);
        for (var first = 0; first <= last; first++)
        {
            if (FindFrom(first, words, said, covered, rules, message) is { } run) return run;
        }

        return null;
    }

    private static double LatestEnd(SaidWords said)
    {
        ref readonly var word = ref said[said.Count - 1];
        return Math.Max(word.Heard.Start, word.Heard.End) + word.Heard.Slack;
    }

    private WordRun? FindFrom(
        int first, ReadOnlySpan<HeardWord> words, SaidWords said, Coverage covered, in AlignmentRules rules, long message)
    {
        var found = false;
        var reach = rules.MaxShiftSec + words[first].Slack + HeardWords.MaxSlackSec;
        for (var at = said.From(words[first].Start - reach); at < said.Count && said[at].Heard.Start <= words[first].Start + reach; at++)
        {
            if (!WordRun.Matches(words[first], said[at], rules, message)) continue;
            _run.Extend(first, at, words, said, rules, message);
            if (!_run.IsEvident(words, said, covered, rules))
            {
                IsPossibleRepeat = true;
                continue;
            }

            if (found && !_run.IsBetterThan(_best)) continue;
            found = true;
            (_best, _other) = (_other, _best);
            _best.CopyFrom(_run);
        }

        if (!found) return null;
        IsPossibleRepeat = _best.IsCut;
        return _best;
    }
}
