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

    /// <summary>Other final text under a key that had final text. It was not said.</summary>
    ChangedAfterFinal,

    /// <summary>An interim of text that is final already. It was not shown.</summary>
    Stale,

    /// <summary>Final text so old that nobody can tell whether it was said. It was not.</summary>
    Late,

    /// <summary>Text of no length, or that ends before it starts. Its end was moved.</summary>
    TimesRepaired,

    /// <summary>The clock ran back and nobody had said that the connection is new. It was taken for new.</summary>
    ClockRestarted,

    /// <summary>The recogniser's own numbers have a hole: messages are missing.</summary>
    MessagesMissing,

    /// <summary>Final text that others waited for did not come. The others went on without it.</summary>
    WaitEnded,

    /// <summary>More open text than <see cref="AsrConfig"/> allows. The oldest was committed as it was, or an append was cut.</summary>
    Overflow,
}
