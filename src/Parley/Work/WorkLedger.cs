namespace Parley.Work;

/// <summary>Where all the work is. At any time <see cref="Routed"/> is the sum of the five after it.</summary>
/// <param name="Routed">Taken in, without what a joined item replaced.</param>
/// <param name="Dropped">Given up under load.</param>
/// <param name="Failed">Given up after its last attempt.</param>
/// <param name="Done">Done.</param>
/// <param name="Queued">Waiting.</param>
/// <param name="Running">Being worked on.</param>
/// <param name="Replaced">Taken in and replaced by a joined item before it was started; not in the sum.</param>
public readonly record struct WorkLedger(long Routed, long Dropped, long Failed, long Done, int Queued, int Running, long Replaced);
