namespace Parley.Log;

/// <summary>Another writer changed the stream first. A caller that wants to go on reads the stream again and acquires it.</summary>
public class SequenceConflictException : Exception
{
    /// <summary>The caller did not know of the stream's last fact.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="expectedSeq">The last fact the caller knew of.</param>
    /// <param name="actualSeq">The last fact there is.</param>
    public SequenceConflictException(string stream, long expectedSeq, long actualSeq)
        : this($"{stream} stands at fact {actualSeq}, not at {expectedSeq}: someone else wrote to it.", actualSeq)
    {
    }

    private protected SequenceConflictException(string message, long actualSeq) : base(message) => ActualSeq = actualSeq;

    /// <summary>The last fact there is.</summary>
    public long ActualSeq { get; }
}

/// <summary>Another owner has acquired the stream: nothing of what this caller asked for was done.</summary>
/// <param name="stream">The stream.</param>
/// <param name="epoch">The epoch that the caller named.</param>
/// <param name="actualEpoch">The epoch of the stream's owner.</param>
/// <param name="actualSeq">The last fact there is.</param>
public sealed class StaleEpochException(string stream, long epoch, long actualEpoch, long actualSeq)
    : SequenceConflictException($"{stream} has an owner of epoch {actualEpoch}; this one's, {epoch}, is over.", actualSeq)
{
    /// <summary>The epoch of the stream's owner.</summary>
    public long ActualEpoch { get; } = actualEpoch;
}

/// <summary>The metadata of a stream was changed since it was read; read it again.</summary>
/// <param name="stream">The stream.</param>
/// <param name="revision">The revision that the caller would have replaced.</param>
/// <param name="actualRevision">The revision there is.</param>
public sealed class MetadataConflictException(string stream, long revision, long actualRevision)
    : Exception($"The metadata of {stream} has revision {actualRevision}, not {revision}: someone else changed it.")
{
    /// <summary>The revision there is.</summary>
    public long ActualRevision { get; } = actualRevision;
}

/// <summary>Another stream of the tenant has the external id.</summary>
/// <param name="stream">The stream that has it.</param>
public sealed class ExternalIdTakenException(string stream) : Exception($"{stream} has this external id.")
{
    /// <summary>The stream that has it.</summary>
    public string Stream { get; } = stream;
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
public class EventLogUnavailableException(string message, bool isTransient, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True for a full disk or a locked file; false where the log takes nothing more until it is opened again.</summary>
    public bool IsTransient { get; } = isTransient;
}

/// <summary>
/// What is kept of one stream cannot be read: a page of its facts is damaged, a fact is not what it should be, or its facts contradict
/// each other. Other streams are not affected.
/// </summary>
/// <param name="stream">The stream.</param>
/// <param name="message">What is wrong with it. Never what was said.</param>
/// <param name="inner">What was found.</param>
public sealed class StreamUnreadableException(string stream, string message, Exception? inner = null)
    : EventLogUnavailableException(message, isTransient: false, inner)
{
    /// <summary>The stream.</summary>
    public string Stream { get; } = stream;
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
