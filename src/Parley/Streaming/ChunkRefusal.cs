namespace Parley.Streaming;

/// <summary>Why a chunk was refused.</summary>
public enum ChunkRefusal
{
    /// <summary>A time is infinite or not a number.</summary>
    TimeNotFinite,

    /// <summary>The chunk ends before it starts.</summary>
    EndBeforeStart,

    /// <summary>The text is null. An empty one is accepted.</summary>
    NullText,

    /// <summary>The chunk starts before the open segment ends, and <see cref="StreamConfig.Overlap"/> is <see cref="OverlapMode.Reject"/>.</summary>
    Overlap,

    /// <summary>The words, the confidence or the language are out of their range.</summary>
    Details,
}
