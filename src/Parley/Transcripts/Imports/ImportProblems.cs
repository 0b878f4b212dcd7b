namespace Parley.Transcripts;

/// <summary>What was out of order in a finished transcript, counted by kind, and the first of them with their places.</summary>
public sealed class ImportProblems
{
    /// <summary>The maximum number of problems that are listed. All are counted.</summary>
    public const int MaxListed = 1_000;

    private static readonly string[] Names =
    [
        "malformed", "no_text", "times_missing", "times_repaired", "absolute_times", "word_times_missing", "text_without_times",
        "text_differs", "times_implausible", "restated", "speaker_cut", "possible_repeat",
    ];

    private readonly long[] _counts = new long[Names.Length];
    private readonly List<ImportProblem> _listed = [];

    /// <summary>Gets the first <see cref="MaxListed"/> problems, in the order in which they were found.</summary>
    public IReadOnlyList<ImportProblem> Listed => _listed;

    /// <summary>Gets how many there are.</summary>
    public long Total => _counts.Sum();

    /// <summary>Returns how many there are of a kind.</summary>
    public long Count(ImportAnomaly anomaly) => _counts[(int)anomaly];

    /// <summary>Returns the kinds that there are, by their names in reports, and how many of each.</summary>
    public SortedDictionary<string, long> Counts()
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] > 0) counts[Names[i]] = _counts[i];
        }

        return counts;
    }

    internal static string NameOf(ImportAnomaly anomaly) => Names[(int)anomaly];

    internal void Add(ImportAnomaly anomaly, long line, string? detail = null)
    {
        _counts[(int)anomaly]++;
        if (_listed.Count < MaxListed) _listed.Add(new(anomaly, line, detail));
    }
}
