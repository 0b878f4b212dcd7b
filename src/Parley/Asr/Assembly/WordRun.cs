using System.Runtime.InteropServices;

namespace Parley.Asr;

/// <summary>New words, each beside the said word that it repeats.</summary>
internal sealed class WordRun
{
    // More new words than these between two that match are no revision of one text.
    private const int MaxRevised = 3;
    private const double SameSec = 0.02;
    private const double RecentSec = 10;

    private readonly List<int> _said = [];
    private readonly List<double> _shifts = [];
    private readonly List<double> _sorted = [];

    /// <summary>The said word that each new word repeats; -1: none.</summary>
    public IReadOnlyList<int> Said => _said;

    public int First { get; private set; }

    /// <summary>The last new word that repeats one.</summary>
    public int Last { get; private set; }

    /// <summary>How many new words repeat said ones.</summary>
    public int Matched { get; private set; }

    /// <summary>Whether a word behind the last was said at nearly the same time, and that does not suffice.</summary>
    public bool IsCut { get; private set; }

    private double MedianShift { get; set; }

    public static bool Matches(in HeardWord word, in SaidWord said, in AlignmentRules rules, long message)
    {
        if (said.Message == message) return false;
        var reach = rules.MaxShiftSec + word.Slack + said.Heard.Slack;
        if (said.IsRedacted) return word.Start >= said.Heard.Start - reach && word.Start <= said.Heard.End + reach;
        return said.Heard.Hash == word.Hash && Math.Abs(said.Heard.Start - word.Start) <= reach;
    }

    /// <summary>Starts with one pair, and goes on as far as words match.</summary>
    public void Extend(int first, int at, ReadOnlySpan<HeardWord> words, SaidWords said, in AlignmentRules rules, long message)
    {
        (First, Last, Matched, IsCut) = (first, first, 0, false);
        _said.Clear();
        CollectionsMarshal.SetCount(_said, words.Length);
        CollectionsMarshal.AsSpan(_said).Fill(-1);
        _shifts.Clear();
        Take(first, at, words, said);
        var newest = said.NewestStart + rules.MaxShiftSec + HeardWords.MaxSlackSec;
        var before = at;
        for (var i = first + 1; i < words.Length && words[i].Start - words[i].Slack <= newest; i++)
        {
            if (!rules.IsCumulative && i - Last > MaxRevised) break;
            var next = Next(words[i], before, i - Last, said, rules, message);
            if (next < 0) continue;
            before = next;
            Take(i, next, words, said);
        }

        TrimBack(words, said, rules);
        Trim(words, said, rules);
    }

    /// <summary>
    /// Whether chance cannot make it: two different words that match, or one that sounds while the said one does. "No no no" is said three
    /// times.
    /// </summary>
    public bool IsEvident(ReadOnlySpan<HeardWord> words, SaidWords said, Coverage covered, in AlignmentRules rules)
    {
        if (Matched == 0 || (!rules.IsCumulative && Matched * 2 < Last - First + 1)) return false;
        if (rules is { Overlaps: false, IsCumulative: false } && !IsWhole(words, said)) return false;
        ulong? hash = null;
        var overlaps = true;
        for (var i = First; i <= Last; i++)
        {
            if (_said[i] < 0) continue;
            ref readonly var known = ref said[_said[i]];
            if (known.IsRedacted) continue;
            if (hash is { } other && other != known.Heard.Hash) return true;
            hash = known.Heard.Hash;
            overlaps &= Overlaps(words[i], known.Heard, rules, said.NewestStart);
        }

        return hash is null || (overlaps && First == 0 && MayEnd(words, said, covered, rules) && (rules.Overlaps || IsWhole(words, said)));
    }

    // Where windows do not overlap, a text comes again as a whole, or with more behind it.
    private bool IsWhole(ReadOnlySpan<HeardWord> words, SaidWords said)
    {
        if (Last + 1 == words.Length) return Matched * 4 >= words.Length * 3;
        ref readonly var known = ref said[_said[First]];
        return Matched >= known.Text.Words;
    }

    // A repeated word that goes on with itself may be said once more; one that goes on where something else was said, or before what was
    // said since, is no repeat of that. One that comes alone repeats what was said last, or has its very times.
    private bool MayEnd(ReadOnlySpan<HeardWord> words, SaidWords said, Coverage covered, in AlignmentRules rules)
    {
        if (Last + 1 == words.Length)
        {
            ref readonly var known = ref said[_said[Last]];
            return known.Message == said.LastMessage || IsSame(words[Last], known.Heard, rules);
        }

        ref readonly var next = ref words[Last + 1];
        return next.Start >= said.NewestStart && next.Hash != words[Last].Hash && covered.Share(next.Start, next.End) <= 0.5;
    }

    public bool IsBetterThan(WordRun other) =>
        Matched != other.Matched ? Matched > other.Matched : Math.Abs(MedianShift) < Math.Abs(other.MedianShift);

    public void CopyFrom(WordRun other)
    {
        (First, Last, Matched, IsCut, MedianShift) = (other.First, other.Last, other.Matched, other.IsCut, other.MedianShift);
        CollectionsMarshal.SetCount(_said, other._said.Count);
        CollectionsMarshal.AsSpan(other._said).CopyTo(CollectionsMarshal.AsSpan(_said));
    }

    private void Take(int i, int at, ReadOnlySpan<HeardWord> words, SaidWords said)
    {
        _said[i] = at;
        (Last, Matched) = (i, Matched + 1);
        ref readonly var known = ref said[at];
        if (known is { IsRedacted: false, Heard.IsExact: true } && words[i].IsExact) _shifts.Add(words[i].Start - known.Heard.Start);
    }

    // Of the said words that fit, the one whose shift is nearest to that of the word before.
    private int Next(in HeardWord word, int before, int distance, SaidWords said, in AlignmentRules rules, long message)
    {
        var reach = rules.MaxShiftSec + word.Slack + HeardWords.MaxSlackSec;
        var shift = _shifts.Count > 0 ? _shifts[^1] : 0;
        var (best, bestOff) = (-1, double.PositiveInfinity);
        for (var at = before + 1; at < said.Count && said[at].Heard.Start <= word.Start + reach; at++)
        {
            ref readonly var known = ref said[at];
            if (!Matches(word, known, rules, message)) continue;
            // Reckoned times are too weak to skip words by.
            if ((!word.IsExact || !known.Heard.IsExact) && at - before > distance + 1) continue;
            var off = known.IsRedacted ? rules.MaxShiftSec : Math.Abs(word.Start - known.Heard.Start - shift);
            if (off < bestOff) (best, bestOff) = (at, off);
        }

        // What was taken out may have been several words.
        return best < 0 && said[before].IsRedacted && Matches(word, said[before], rules, message) ? before : best;
    }

    // A repeat goes on with what was said next. One word of a text that was said before that of the word in front of it may be chance.
    private void TrimBack(ReadOnlySpan<HeardWord> words, SaidWords said, in AlignmentRules rules)
    {
        var (from, inFront, before) = (-1, -1, First);
        for (var i = First + 1; i <= Last; i++)
        {
            if (_said[i] < 0) continue;
            if (said[_said[i]].Message < said[_said[before]].Message) (from, inFront) = (i, before);
            before = i;
        }

        if (from < 0 || IsEvidentFrom(from, inFront, words, said, rules)) return;
        IsCut = true;
        while (Last >= from || _said[Last] < 0) DropLast(words, said);
    }

    // Two different words, or words of a message that comes again just as it was.
    private bool IsEvidentFrom(int from, int inFront, ReadOnlySpan<HeardWord> words, SaidWords said, in AlignmentRules rules)
    {
        var isExact = IsSame(words[inFront], said[_said[inFront]].Heard, rules);
        for (var i = from; i <= Last; i++)
        {
            if (_said[i] < 0) continue;
            ref readonly var known = ref said[_said[i]];
            if (known.IsRedacted || words[i].Hash != words[from].Hash) return true;
            if (isExact && IsSame(words[i], known.Heard, rules)) return true;
        }

        return false;
    }

    private void DropLast(ReadOnlySpan<HeardWord> words, SaidWords said)
    {
        if (_said[Last] >= 0)
        {
            if (IsExact(Last, words, said)) _shifts.RemoveAt(_shifts.Count - 1);
            _said[Last] = -1;
            Matched--;
        }

        Last--;
    }

    // In the middle of a run a word is held by those around it; the last one only by its shift.
    private void Trim(ReadOnlySpan<HeardWord> words, SaidWords said, in AlignmentRules rules)
    {
        MedianShift = Median();
        while (Matched > 1 && _shifts.Count > 1 && IsExact(Last, words, said)
            && Math.Abs(_shifts[^1] - MedianShift) > rules.MaxDeviationSec)
        {
            if (Overlaps(words[Last], said[_said[Last]].Heard, rules, said.NewestStart)) return;
            IsCut = true;
            DropLast(words, said);
            while (_said[Last] < 0) Last--;
            MedianShift = Median();
        }
    }

    private bool IsExact(int i, ReadOnlySpan<HeardWord> words, SaidWords said) =>
        words[i].IsExact && said[_said[i]] is { IsRedacted: false, Heard.IsExact: true };

    private double Median()
    {
        if (_shifts.Count == 0) return 0;
        _sorted.Clear();
        _sorted.AddRange(_shifts);
        _sorted.Sort();
        var middle = _sorted.Count / 2;
        return _sorted.Count % 2 == 1 ? _sorted[middle] : (_sorted[middle - 1] + _sorted[middle]) / 2;
    }

    private static bool IsSame(in HeardWord word, in HeardWord said, in AlignmentRules rules)
    {
        var same = Math.Min(SameSec, rules.MaxShiftSec);
        return word.IsExact && said.IsExact && Math.Abs(word.Start - said.Start) <= same && Math.Abs(word.End - said.End) <= same;
    }

    private static bool Overlaps(in HeardWord word, in HeardWord said, in AlignmentRules rules, double newest)
    {
        if (!word.IsExact || !said.IsExact) return false;
        if (IsSame(word, said, rules)) return true;
        // Long after, one word at one time is chance: the clock may have been set back.
        if (said.Start < newest - RecentSec) return false;
        var overlap = Math.Min(word.End, said.End) - Math.Max(word.Start, said.Start);
        return overlap > 0 && overlap * 2 > Math.Min(word.End - word.Start, said.End - said.Start);
    }
}
