namespace Parley.Log;

/// <summary>Someone else wrote to the stream first.</summary>
/// <param name="stream">The stream.</param>
/// <param name="expectedSeq">The last fact the caller knew of.</param>
/// <param name="actualSeq">The last fact there is.</param>
public sealed class SequenceConflictException(string stream, long expectedSeq, long actualSeq)
    : Exception($"{stream} stands at fact {actualSeq}, not at {expectedSeq}: someone else wrote to it.")
{
    /// <summary>The last fact there is.</summary>
    public long ActualSeq { get; } = actualSeq;
}

/// <summary>The stream was erased; nothing of it is left.</summary>
/// <param name="stream">The stream.</param>
public sealed class StreamErasedException(string stream) : Exception($"{stream} was erased.")
{
    /// <summary>The stream.</summary>
    public string Stream { get; } = stream;
}

/// <summary>The log cannot do what was asked, and nothing of it was done. What was acknowledged before stays.</summary>
/// <param name="message">What is wrong with the storage, and where it is.</param>
/// <param name="isTransient">Whether trying again may help once the cause is gone.</param>
/// <param name="inner">What the storage said.</param>
public sealed class EventLogUnavailableException(string message, bool isTransient, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True for a full disk or a locked file; false where the log takes nothing more until it is opened again.</summary>
    public bool IsTransient { get; } = isTransient;
}

/// <summary>A viewer read too slowly, and was closed rather than shown less than all. It may resume.</summary>
/// <param name="stream">The stream.</param>
/// <param name="lastEventId">The last fact it was shown.</param>
public sealed class SlowViewerException(string stream, long lastEventId)
    : Exception($"This viewer of {stream} reads too slowly: resume after {lastEventId}.")
{
    /// <summary>The last fact the viewer was shown.</summary>
    public long LastEventId { get; } = lastEventId;
}
