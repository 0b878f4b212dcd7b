namespace Parley.Asr;

/// <summary>What a time says of the clock that it is of.</summary>
internal enum ClockVerdict
{
    /// <summary>It goes on, or fills a gap.</summary>
    InPlace,

    /// <summary>It fits nothing so far.</summary>
    OutOfPlace,

    /// <summary>The message before fitted nothing, and this one goes on from it: the clock was set back.</summary>
    Restarted,
}
