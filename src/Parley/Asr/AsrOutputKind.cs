namespace Parley.Asr;

/// <summary>What an <see cref="AsrOutput"/> says.</summary>
public enum AsrOutputKind
{
    /// <summary>Text that will not change any more, in <see cref="AsrOutput.Chunk"/>.</summary>
    Committed,

    /// <summary>All the open text of one speaker is now that of <see cref="AsrOutput.Chunk"/>; empty: none.</summary>
    Tentative,

    /// <summary>The speaker of <see cref="AsrOutput.Chunk"/> ended the turn: close the lane.</summary>
    EndOfTurn,

    /// <summary>
    /// What was committed under <see cref="AsrOutput.Key"/> as <see cref="AsrOutput.FromSpeakerId"/> was said by the speaker of <see
    /// cref="AsrOutput.Chunk"/>.
    /// </summary>
    SpeakerRevision,

    /// <summary>Something was out of order, and counted: <see cref="AsrOutput.Anomaly"/>.</summary>
    Anomaly,

    /// <summary>The recogniser ended its connection in good order.</summary>
    EndOfConnection,

    /// <summary>
    /// From here on keys and times are those of the recogniser's next connection, which begins at the start of
    /// <see cref="AsrOutput.Chunk"/>.
    /// </summary>
    NewConnection,
}
