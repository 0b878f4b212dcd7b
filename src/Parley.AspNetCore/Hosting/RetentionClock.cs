namespace Parley.AspNetCore.Hosting;

/// <summary>
/// Whether the clock may decide what is old enough to be erased. A clock that is set wrongly ahead would make everything old. It is
/// doubted when it is more than 7 days past the newest stored fact at the start, or moves 7 days further than the time that has passed
/// since, and believed again after 24 hours in which it went on regularly.
/// </summary>
internal sealed class RetentionClock
{
    private static readonly TimeSpan LargestStep = TimeSpan.FromDays(7);
    private static readonly TimeSpan DoubtLasts = TimeSpan.FromHours(24);

    private readonly TimeProvider _clock;
    private DateTimeOffset _at;
    private long _timestamp;

    /// <param name="clock">The clock.</param>
    /// <param name="newestFact">When the newest fact was stored; null for an empty log, which has nothing to erase.</param>
    /// <param name="earlier">The doubt of an earlier process, which had not run for long enough; null for none.</param>
    public RetentionClock(TimeProvider clock, DateTimeOffset? newestFact, ClockDoubt? earlier)
    {
        _clock = clock;
        Begin();
        Doubt = newestFact is { } known && _at - known > LargestStep ? new ClockDoubt(known, _at) : earlier;
    }

    /// <summary>Gets why the clock is doubted; null while it is believed.</summary>
    public ClockDoubt? Doubt { get; private set; }

    /// <summary>Looks at the clock.</summary>
    public void Look()
    {
        var (now, passed) = (_clock.GetUtcNow(), _clock.GetElapsedTime(_timestamp));
        if (now - _at - passed > LargestStep)
        {
            Doubt = new ClockDoubt(_at + passed, now);
            Begin();
        }
        else if (passed >= DoubtLasts)
        {
            Doubt = null;
            Begin();
        }
    }

    private void Begin() => (_at, _timestamp) = (_clock.GetUtcNow(), _clock.GetTimestamp());
}
