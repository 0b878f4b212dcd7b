namespace Parley.Asr;

/// <summary>What can be out of order with a recogniser's messages. Each is counted, none stops the stream.</summary>
public enum AsrAnomaly
{
    /// <summary>A message that cannot be read. It was skipped.</summary>
    Malformed,

    /// <summary>A message of a type its format does not know. It was skipped.</summary>
    UnknownMessage,

    /// <summary>The recogniser reported an error of its own.</summary>
    RecogniserError,

    /// <summary>Final text that was final before. It was not said again.</summary>
    Repeated,

    /// <summary>Final text that begins with what was final before. Only the rest was said.</summary>
    Restated,

    /// <summary>Words that repeat others at their times, but differ from them. The first ones stand.</summary>
    Revised,

    /// <summary>Other final text under a key that had final text. It was not said.</summary>
    ChangedAfterFinal,

    /// <summary>Final text that may have been said before, and nothing can decide it. It was said.</summary>
    PossibleRepeat,

    /// <summary>Text that was shown, and that the recogniser took back. <see cref="AsrConfig.CommitsWithdrawn"/> commits it.</summary>
    Withdrawn,

    /// <summary>An interim of text that is final already. It was not shown.</summary>
    Stale,

    /// <summary>Text of no length, that ends before it starts, or that starts before zero. Its times were moved.</summary>
    TimesRepaired,

    /// <summary>Text with a time that fits nothing before it. It was put at the end of what was said.</summary>
    TimesOutOfPlace,

    /// <summary>Times that are dates. They are counted from the first.</summary>
    AbsoluteTimes,

    /// <summary>The clock ran back and nobody had said that the connection is new. It was taken for new.</summary>
    ClockRestarted,

    /// <summary>The recogniser's own numbers have a hole: messages are missing.</summary>
    MessagesMissing,

    /// <summary>Final text that others waited for did not come. The others went on without it.</summary>
    WaitEnded,

    /// <summary>More open text than <see cref="AsrConfig"/> allows. The oldest was committed as it was, or an append was cut.</summary>
    Overflow,

    /// <summary>Words labelled as another speaker's. <see cref="AsrConfig.SmoothSpeakerWords"/> gave them to the speaker around them.</summary>
    SpeakerSmoothed,
}
