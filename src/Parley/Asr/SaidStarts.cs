namespace Parley.Asr;

/// <summary>
/// Where words that were said start, as a few stretches of audio. A word that starts inside one was said; between two of them there is room
/// for what comes
/// late. Starts, because the last word of a stretch may well overlap the first of the next.
/// </summary>
internal sealed class SaidStarts
{
    private const int MaxStretches = 64;

    // Recognisers that restate a word round its time differently.
    private const double Tolerance = 0.005;

    private readonly List<(double First, double Last)> _stretches = [];

    public bool Contains(double start)
    {
        for (var i = _stretches.Count - 1; i >= 0; i--)
        {
            if (start > _stretches[i].Last + Tolerance) return false;
            if (start >= _stretches[i].First - Tolerance) return true;
        }

        return false;
    }

    public void Add(double first, double last)
    {
        last = Math.Max(first, last);
        var at = _stretches.Count;
        while (at > 0 && _stretches[at - 1].First > first) at--;
        _stretches.Insert(at, (first, last));
        if (at > 0 && first <= _stretches[at - 1].Last) Merge(at--);
        while (at + 1 < _stretches.Count && _stretches[at + 1].First <= _stretches[at].Last) Merge(at + 1);
        // The oldest two become one: what would come between them is too late to tell from a repeat.
        if (_stretches.Count > MaxStretches) Merge(1);
    }

    public void Clear() => _stretches.Clear();

    private void Merge(int i)
    {
        _stretches[i - 1] = (_stretches[i - 1].First, Math.Max(_stretches[i - 1].Last, _stretches[i].Last));
        _stretches.RemoveAt(i);
    }
}
