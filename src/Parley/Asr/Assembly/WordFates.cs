using System.Runtime.InteropServices;

namespace Parley.Asr;

/// <summary>What becomes of each word of a final.</summary>
internal sealed class WordFates
{
    private readonly List<WordFate> _fates = [];

    public WordFate this[int word] => _fates[word];

    /// <summary>Whether every word is to be said.</summary>
    public bool AllNew => !_fates.Exists(fate => fate != WordFate.New);

    /// <summary>Whether a word is to be said.</summary>
    public bool AnyNew => _fates.Contains(WordFate.New);

    public bool AnyRestated => _fates.Contains(WordFate.Restated);

    public bool AnyRevised => _fates.Contains(WordFate.Revised);

    public int Count => _fates.Count;

    public void Reset(int count)
    {
        _fates.Clear();
        CollectionsMarshal.SetCount(_fates, count);
        CollectionsMarshal.AsSpan(_fates).Clear();
    }

    public void Set(int word, WordFate fate) => _fates[word] = fate;

    public void Fill(WordFate fate) => CollectionsMarshal.AsSpan(_fates).Fill(fate);

    /// <summary>
    /// Marks what a run repeats, and what stands between its words. True where what stands before it may be a repeat, too.
    /// </summary>
    public bool Mark(WordRun run, ReadOnlySpan<HeardWord> words, SaidWords said, Coverage covered, in AlignmentRules rules)
    {
        var isPossibleRepeat = MarkLead(run.First, words, said, covered, rules);
        var before = run.First;
        for (var i = run.First; i <= run.Last; i++)
        {
            if (run.Said[i] < 0) continue;
            _fates[i] = WordFate.Restated;
            if (i > before + 1) MarkBetween(before, i, run, words, said);
            before = i;
        }

        if (rules.RevisesAtEdges) MarkTail(run, words, said, rules);
        return isPossibleRepeat;
    }

    // In front of what is repeated stands what was lost, what was forgotten, or a word that was heard differently.
    private bool MarkLead(int count, ReadOnlySpan<HeardWord> words, SaidWords said, Coverage covered, in AlignmentRules rules)
    {
        var revised = 0;
        for (var i = 0; i < count; i++)
        {
            if (rules.IsCumulative && words[i].Start <= said.ForgottenUntil) _fates[i] = WordFate.Restated;
            else if (covered.Share(words[i].Start, words[i].End) > 0.5) revised++;
        }

        if (revised == 1 && _fates[count - 1] == WordFate.New) _fates[count - 1] = WordFate.Revised;
        return revised > 1;
    }

    // Words between two that match are other words for what was said there, unless nothing was and there is room for them.
    private void MarkBetween(int first, int next, WordRun run, ReadOnlySpan<HeardWord> words, SaidWords said)
    {
        const double Tolerance = 0.1;
        var (before, after) = (said[run.Said[first]], said[run.Said[next]]);
        var isRoom = run.Said[next] == run.Said[first] + 1
            && words[first + 1].Start >= before.Heard.End - Tolerance && words[next - 1].End <= after.Heard.Start + Tolerance
            && after.Heard.Start - before.Heard.End >= Tolerance;
        for (var i = first + 1; i < next; i++)
        {
            _fates[i] = before.IsRedacted || after.IsRedacted ? WordFate.Restated : isRoom ? WordFate.New : WordFate.Revised;
        }
    }

    private void MarkTail(WordRun run, ReadOnlySpan<HeardWord> words, SaidWords said, in AlignmentRules rules)
    {
        var (next, known) = (run.Last + 1, run.Said[run.Last] + 1);
        if (next >= words.Length || known >= said.Count) return;
        ref readonly var other = ref said[known];
        if (other.Text != said[known - 1].Text) return;
        if (Math.Abs(words[next].Start - other.Heard.Start) <= rules.MaxShiftSec) _fates[next] = WordFate.Revised;
    }

    /// <summary>
    /// Marks what was committed before it was final. Some of that may have been heard differently: as many words in front of those that
    /// match are revisions. False where there is no word in common, and only a key could tell that it is the same text.
    /// </summary>
    public bool MarkEarly(IReadOnlyCollection<ulong> early, ReadOnlySpan<HeardWord> words, bool hasKey)
    {
        var left = new List<ulong>(early);
        var last = -1;
        for (var i = 0; i < words.Length && left.Count > 0; i++)
        {
            if (_fates[i] != WordFate.New || !left.Remove(words[i].Hash)) continue;
            _fates[i] = WordFate.Restated;
            last = i;
        }

        if (last < 0 && !hasKey) return false;
        var revised = left.Count;
        for (var i = 0; i < words.Length && revised > 0 && (i < last || hasKey); i++)
        {
            if (_fates[i] != WordFate.New) continue;
            _fates[i] = WordFate.Revised;
            revised--;
        }

        return true;
    }
}
