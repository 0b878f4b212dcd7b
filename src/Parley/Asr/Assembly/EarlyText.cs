namespace Parley.Asr;

/// <summary>
/// Open text of a channel that was committed before its recogniser called it final: the next final has it, if it is its own.
/// </summary>
/// <param name="Words">Its words.</param>
/// <param name="Start">Where it starts in the connection's clock; null where that is not known.</param>
/// <param name="End">Where it ends.</param>
internal sealed record EarlyText(List<ulong> Words, double? Start, double? End)
{
    private const double SameTextSec = 2;

    /// <summary>Whether text is the same, longer: by its times, or where they are not known by its words.</summary>
    public bool IsOf(in AsrUpdate update, ReadOnlySpan<HeardWord> words)
    {
        if (Start is { } start && (update.Start ?? update.End) is { } from)
            return Math.Abs(from - start) <= SameTextSec || (from < (End ?? start) && (update.End ?? from) > start);
        if (words.IsEmpty || Words.Count == 0) return false;
        if (words[0].Hash == Words[0]) return true;
        var known = 0;
        foreach (var word in Words)
        {
            foreach (ref readonly var heard in words)
            {
                if (heard.Hash != word) continue;
                known++;
                break;
            }
        }

        return known * 2 >= Words.Count;
    }
}
