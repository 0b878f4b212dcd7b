namespace Parley.Asr;

/// <summary>The stretches of one connection's audio that something was said in, in its clock.</summary>
internal sealed class Coverage
{
    private const int MaxStretches = 64;

    private readonly List<(double Start, double End)> _stretches = [];

    /// <summary>Where the first stretch starts.</summary>
    public double First => _stretches.Count > 0 ? _stretches[0].Start : double.PositiveInfinity;

    /// <summary>Where the last stretch ends.</summary>
    public double Newest => _stretches.Count > 0 ? _stretches[^1].End : double.NegativeInfinity;

    public bool IsEmpty => _stretches.Count == 0;

    public void Add(double start, double end)
    {
        end = Math.Max(start, end);
        var at = _stretches.Count;
        while (at > 0 && _stretches[at - 1].Start > start) at--;
        _stretches.Insert(at, (start, end));
        if (at > 0 && start <= _stretches[at - 1].End) Merge(at--);
        while (at + 1 < _stretches.Count && _stretches[at + 1].Start <= _stretches[at].End) Merge(at + 1);
        // The oldest two become one: what would come between them is too late to tell from a repeat.
        if (_stretches.Count > MaxStretches) Merge(1);
    }

    /// <summary>How much of a stretch is covered, from 0 to 1; of a moment, all or nothing.</summary>
    public double Share(double start, double end)
    {
        if (end <= start) return _stretches.Exists(known => start >= known.Start && start < known.End) ? 1 : 0;
        var covered = 0.0;
        for (var i = _stretches.Count - 1; i >= 0 && _stretches[i].End > start; i--)
            covered += Math.Max(0, Math.Min(end, _stretches[i].End) - Math.Max(start, _stretches[i].Start));
        return covered / (end - start);
    }

    private void Merge(int i)
    {
        _stretches[i - 1] = (_stretches[i - 1].Start, Math.Max(_stretches[i - 1].End, _stretches[i].End));
        _stretches.RemoveAt(i);
    }
}
