namespace Parley.Asr;

/// <summary>What makes new words a repeat of said ones.</summary>
/// <param name="MaxShiftSec">How far apart a word and its repeat may start.</param>
/// <param name="MaxDeviationSec">How far the shift of the last word may be from the median of all.</param>
/// <param name="IsCumulative">Whether what comes in front of the repeat may be new: earlier messages that were lost.</param>
/// <param name="RevisesAtEdges">Whether one word at each end of the repeat may differ.</param>
/// <param name="Overlaps">Whether one word at the start of a longer text may be a repeat.</param>
internal readonly record struct AlignmentRules(
    double MaxShiftSec, double MaxDeviationSec, bool IsCumulative, bool RevisesAtEdges, bool Overlaps)
{
    /// <summary>Those within a connection.</summary>
    public static AlignmentRules Of(IAsrFormat format) =>
        new(0.25, 0.1, format.FinalsAreCumulative, format.RevisesAtEdges, format.FinalsOverlap);

    /// <summary>Those with an earlier connection: a message of it that comes again has the very times that it had.</summary>
    public static AlignmentRules Copy => new(0.005, 0.005, IsCumulative: true, RevisesAtEdges: false, Overlaps: true);
}
