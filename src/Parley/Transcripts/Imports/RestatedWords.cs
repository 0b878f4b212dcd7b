namespace Parley.Transcripts;

/// <summary>Finds the words that the last result of a recording has again: the same text at the same time, in order.</summary>
internal sealed class RestatedWords
{
    // The same word, where a time was rounded.
    private const double SameTimeSec = 0.25;
    // How far it is looked for a word without times.
    private const int MaxSkipped = 100;

    private readonly IReadOnlyList<ImportedWord> _all;
    private readonly int?[] _again;

    /// <summary>Compares words.</summary>
    /// <param name="before">The words of the results before the last.</param>
    /// <param name="all">The words of the last result.</param>
    public RestatedWords(IReadOnlyList<ImportedWord> before, IReadOnlyList<ImportedWord> all)
    {
        (_all, _again) = (all, new int?[before.Count]);
        var from = 0;
        for (var i = 0; i < before.Count; i++)
        {
            while (from < all.Count && IsLater(before[i], all[from])) from++;
            for (var at = from; at < all.Count && at - from < MaxSkipped && !IsLater(all[at], before[i]); at++)
            {
                if (!IsSame(before[i], all[at])) continue;
                (_again[i], from) = (at, at + 1);
                Count++;
                break;
            }
        }
    }

    /// <summary>Gets how many words are there again.</summary>
    public int Count { get; }

    /// <summary>Gets whether the last result has the others' words again: all of them, or half of them at the same times.</summary>
    public bool IsRestatement => Count > 0
        && (Count == _again.Length || (_all[0].Start is not null && Count * 2 >= Math.Min(_again.Length, _all.Count)));

    /// <summary>Returns the place in the last result of a word of the others; null where it is not there again.</summary>
    public int? Again(int word) => _again[word];

    private static bool IsLater(in ImportedWord word, in ImportedWord than) => word.Start - than.Start > SameTimeSec;

    private static bool IsSame(in ImportedWord word, in ImportedWord again) =>
        Letters(word.Text).SequenceEqual(Letters(again.Text)) && Math.Abs(word.Start - again.Start ?? 0) <= SameTimeSec;

    private static IEnumerable<char> Letters(string word) =>
        word.Any(char.IsLetterOrDigit) ? word.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant) : word;
}
