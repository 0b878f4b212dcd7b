namespace Parley.Asr;

/// <summary>Why text was committed.</summary>
public enum AsrCommitReason
{
    /// <summary>The recogniser called it final.</summary>
    Final,

    /// <summary>The recogniser's connection ended with the text still open.</summary>
    ConnectionClosed,

    /// <summary>A new connection began with the text still open.</summary>
    NewConnection,

    /// <summary>The sender was away for longer than its grace.</summary>
    GraceEnded,

    /// <summary>The session ended with the text still open.</summary>
    SessionEnded,

    /// <summary>More text was open, or waited for it, than <see cref="AsrConfig"/> allows.</summary>
    GaveWay,

    /// <summary>The recogniser took it back, and <see cref="AsrConfig.CommitsWithdrawn"/> is on.</summary>
    Withdrawn,
}
