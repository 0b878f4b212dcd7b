namespace Parley.AspNetCore.Hosting;

/// <summary>
/// Whether the clock may decide what is old enough to be erased. A clock that is set wrongly ahead would make everything old. It is
/// doubted while it is more than 7 days past the time that is trusted, and believed again after 24 hours in which it went on regularly.
/// </summary>
/// <remarks>
/// Facts are no evidence: a wrong clock dates them, too. The trusted time follows the clock only while there is no doubt, and is kept
/// across restarts.
/// </remarks>
internal sealed class RetentionClock
{
    private static readonly TimeSpan LargestStep = TimeSpan.FromDays(7);
    private static readonly TimeSpan DoubtLasts = TimeSpan.FromHours(24);

    private readonly TimeProvider _clock;
    private DateTimeOffset _at;
    private long _timestamp;
    private long _trustedSince;

    /// <param name="clock">The clock.</param>
    /// <param name="trusted">The time that an earlier process trusted last; null where nothing is stored that could be erased.</param>
    public RetentionClock(TimeProvider clock, DateTimeOffset? trusted)
    {
        _clock = clock;
        Begin();
        // How long no process ran cannot be measured: as much as is not doubted is believed.
        var isPlausible = trusted is not { } known || (_at >= known && _at - known <= LargestStep);
        Trust(isPlausible ? _at : trusted!.Value);
        Look();
    }

    /// <summary>Gets the newest time that is known to be right.</summary>
    public DateTimeOffset Trusted { get; private set; }

    /// <summary>Gets why the clock is doubted; null while it is believed.</summary>
    public ClockDoubt? Doubt { get; private set; }

    /// <summary>Looks at the clock.</summary>
    public void Look()
    {
        var (now, passed) = (_clock.GetUtcNow(), _clock.GetElapsedTime(_timestamp));
        var isStep = (now - _at - passed).Duration() > LargestStep;
        if (isStep) Begin();
        var known = Trusted + _clock.GetElapsedTime(_trustedSince);
        if (!isStep && passed >= DoubtLasts)
        {
            Trust(now);
            Begin();
        }
        else if (now - known > LargestStep)
        {
            if (isStep || Doubt is null) Doubt = new ClockDoubt(Trusted, now);
        }
        else if (now > Trusted)
        {
            // No further than the time that has passed: steps would add up otherwise.
            Trust(now < known ? now : known);
        }
    }

    private void Trust(DateTimeOffset time) => (Trusted, _trustedSince, Doubt) = (time, _clock.GetTimestamp(), null);

    private void Begin() => (_at, _timestamp) = (_clock.GetUtcNow(), _clock.GetTimestamp());
}
