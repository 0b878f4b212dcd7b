namespace Parley.Log;

/// <summary>
/// The append-only record of every stream: the one source for replay, resume and work. What an append has acknowledged is kept as the
/// log's durability says. Safe for any number of callers at once; order holds within a stream.
/// </summary>
public interface IEventLog : IAsyncDisposable
{
    /// <summary>
    /// Adds facts after <paramref name="expectedSeq"/>, all or none, and returns once they are kept. The first append, after 0, makes the
    /// stream. A caller need not await one append before the next: they are carried out in the order of the calls, and where
    /// one fails those behind it meet a conflict. Cancelling gives up waiting for room in the log's queue; what has room is carried through.
    /// </summary>
    /// <exception cref="SequenceConflictException">Someone else wrote first: this caller no longer owns the stream.</exception>
    /// <exception cref="StreamErasedException">The stream was erased.</exception>
    /// <exception cref="EventLogUnavailableException">Nothing was added: the disk is full, the file locked or damaged.</exception>
    /// <exception cref="ArgumentException">There are no records, or their numbers leave a gap.</exception>
    ValueTask AppendAsync(string stream, long expectedSeq, IReadOnlyList<LogRecord> records, CancellationToken cancellationToken = default);

    /// <summary>Reads every fact after <paramref name="afterSeq"/>, oldest first, then ends. Of an unknown stream there are none.</summary>
    /// <exception cref="StreamErasedException">The stream was erased, perhaps while it was read.</exception>
    IAsyncEnumerable<LogRecord> ReadAsync(string stream, long afterSeq, CancellationToken cancellationToken = default);

    /// <summary>Reads the facts that viewers get after <paramref name="afterEventId"/>, oldest first, then ends.</summary>
    /// <exception cref="StreamErasedException">The stream was erased, perhaps while it was read.</exception>
    IAsyncEnumerable<LogRecord> ReadEventsAsync(string stream, long afterEventId, CancellationToken cancellationToken = default);

    /// <summary>Where a stream stands; null where there was never one of that name.</summary>
    ValueTask<StreamHead?> FindAsync(string stream, CancellationToken cancellationToken = default);

    /// <summary>Every stream there is or was, in the order of their beginning.</summary>
    IAsyncEnumerable<StreamHead> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Keeps a checkpoint in place of the stream's last one. An older one than that is ignored.</summary>
    /// <exception cref="ArgumentException">The stream has no fact of that number.</exception>
    /// <exception cref="StreamErasedException">The stream was erased.</exception>
    /// <exception cref="EventLogUnavailableException">It was not kept; the last one is.</exception>
    ValueTask SaveCheckpointAsync(string stream, LogCheckpoint checkpoint, CancellationToken cancellationToken = default);

    /// <summary>The stream's last checkpoint; null where there is none.</summary>
    /// <exception cref="StreamErasedException">The stream was erased.</exception>
    ValueTask<LogCheckpoint?> LoadCheckpointAsync(string stream, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes a stream's facts and checkpoint beyond recovery and leaves its name as a tombstone. False where there was nothing to
    /// erase: no such stream, or erased before.
    /// </summary>
    /// <exception cref="EventLogUnavailableException">The storage could not do it; try again.</exception>
    ValueTask<bool> EraseAsync(string stream, CancellationToken cancellationToken = default);

    /// <summary>Writes something that changes nothing, as durably as facts are: whether the log takes any.</summary>
    /// <exception cref="EventLogUnavailableException">It does not.</exception>
    ValueTask ProbeAsync(CancellationToken cancellationToken = default);

    /// <summary>Erases every stream that ended before <paramref name="cutoff"/>, and says which.</summary>
    /// <exception cref="EventLogUnavailableException">The storage could not do it; try again.</exception>
    ValueTask<IReadOnlyList<string>> EraseEndedAsync(DateTimeOffset cutoff, CancellationToken cancellationToken = default);
}
