namespace Parley.Transcripts;

/// <summary>What can be out of order in a finished transcript. Each is counted, none stops the reading.</summary>
public enum ImportAnomaly
{
    /// <summary>A part of the file that cannot be read. Its text was left out.</summary>
    Malformed,

    /// <summary>A segment without text. There was nothing to say.</summary>
    NoText,

    /// <summary>A segment without times. Its text was put behind the segment before it.</summary>
    TimesMissing,

    /// <summary>A time that is negative, not finite or centuries away, or an end before its start. It was moved.</summary>
    TimesRepaired,

    /// <summary>Times that are dates. They are counted from the first.</summary>
    AbsoluteTimes,

    /// <summary>A word without usable times. It stands in the text, and not in the list of words.</summary>
    WordTimesMissing,

    /// <summary>Text of the whole that no segment has. It was said behind the last segment.</summary>
    TextWithoutTimes,

    /// <summary>The text of the whole has other words than the segments. The segments were said.</summary>
    TextDiffers,

    /// <summary>
    /// So few words in so much time that the times may be in another unit, such as milliseconds. They were left as they are.
    /// </summary>
    TimesImplausible,

    /// <summary>Words that the file has twice, as the last result of a diarized recording. They were said once.</summary>
    Restated,

    /// <summary>A speaker's name that is too long. It was cut.</summary>
    SpeakerCut,

    /// <summary>Words that the file may have twice. All were said.</summary>
    PossibleRepeat,
}
