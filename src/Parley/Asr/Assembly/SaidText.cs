namespace Parley.Asr;

/// <summary>What is known of text that was said.</summary>
internal sealed class SaidText(string? key, double? start, double? end)
{
    public string? Key { get; } = key;

    public double? Start { get; } = start;

    public double? End { get; } = end;

    /// <summary>How often its key was used in its connection before.</summary>
    public int Generation { get; set; }

    /// <summary>How many words were said under it.</summary>
    public int Words { get; set; }

    /// <summary>The start of its last word, where words have times.</summary>
    public double? LastStart { get; set; }

    /// <summary>Of the recogniser's whole text; 0 where it is not known.</summary>
    public ulong Hash { get; set; }

    /// <summary>Its first words, to tell whether other text has its key; null where they are not known.</summary>
    public ulong[]? Opening { get; set; }

    /// <summary>The words that were committed before the recogniser called them final; null where it did.</summary>
    public List<ulong>? Early { get; set; }

    /// <summary>Who said each of its parts, as told outside, and how many words each has.</summary>
    public List<(string? SpeakerId, int Words)> Parts { get; } = new(1);

    /// <summary>Whether it was committed before the recogniser called it final.</summary>
    public bool IsProvisional => Early is not null;

    /// <summary>
    /// Whether an update of its key is of the same text, and not of another that got its key: where times tell, they have a moment in
    /// common.
    /// </summary>
    public bool IsAtTimesOf(in AsrUpdate update)
    {
        if (Start is not { } start || (update.Start ?? update.End) is not { } from) return true;
        var isNear = Math.Abs(from - start) <= (IsProvisional ? GrowingSec : ToleranceSec);
        return isNear || (from < (End ?? start) && (update.End ?? from) > start);
    }

    /// <summary>Whether an update starts where it does, or either does not say where.</summary>
    public bool IsAtStartOf(in AsrUpdate update) => !(Math.Abs((Start - update.Start) ?? 0) > ToleranceSec);

    /// <summary>
    /// Whether text under its key begins like it: most of the words that the shorter of them begins with are the other's, in order.
    /// </summary>
    public bool BeginsLike(ReadOnlySpan<HeardWord> words, bool isElsewhere = false)
    {
        if (Opening is not { Length: > 0 } opening || words.IsEmpty) return true;
        if (isElsewhere && opening[0] != words[0].Hash && opening[0] != RedactedWord) return false;
        var (same, from) = (0, 0);
        foreach (ref readonly var word in words[..Math.Min(words.Length, OpeningWords)])
        {
            var at = Array.IndexOf(opening, word.Hash, from);
            if (at < 0) at = Array.IndexOf(opening, RedactedWord, from);
            if (at < 0) continue;
            (same, from) = (same + 1, at + 1);
        }

        return same * 2 > Math.Min(Math.Min(words.Length, OpeningWords), opening.Length);
    }

    /// <summary>How many words tell one text from another.</summary>
    public const int OpeningWords = 8;

    /// <summary>The hash of what was taken out of a stored text.</summary>
    public const ulong RedactedWord = 0;

    // The start of one text moves a little while it grows.
    private const double GrowingSec = 2;
    private const double ToleranceSec = 0.25;
}
