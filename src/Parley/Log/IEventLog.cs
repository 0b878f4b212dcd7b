namespace Parley.Log;

/// <summary>
/// The append-only record of every stream: the one source for replay, resume and work. What an append has acknowledged is kept as the
/// log's durability says. Safe for any number of callers at once; order holds within a stream.
/// </summary>
/// <remarks>
/// A stream has one owner at a time, known by its epoch. Every append, checkpoint, due time and erasure names the epoch of its caller, and is
/// refused if another owner has acquired the stream since. Reading never takes ownership. A stream that was never acquired has epoch 0.
/// </remarks>
public interface IEventLog : IAsyncDisposable
{
    /// <summary>
    /// Makes the caller the owner of a stream: raises its epoch, so that whatever earlier owners still have under way is refused. Of an
    /// unknown stream nothing is stored: its first append does that, under the returned epoch.
    /// </summary>
    /// <exception cref="StreamErasedException">The stream was erased.</exception>
    /// <exception cref="EventLogUnavailableException">The owner did not change.</exception>
    ValueTask<StreamOwnership> AcquireAsync(string stream, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds facts after <paramref name="expectedSeq"/>, all or none, and returns once they are kept. The first append, after 0, makes the
    /// stream. A caller need not await one append before the next: they are carried out in the order of the calls, and where
    /// one fails those behind it meet a conflict. Cancelling gives up waiting for room in the log's queue; what has room is carried through.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="epoch">The epoch of the caller; 0 for a stream that was never acquired.</param>
    /// <param name="expectedSeq">The number of the stream's last fact; 0 for a new stream.</param>
    /// <param name="records">The facts.</param>
    /// <param name="change">What else changes with them, or null.</param>
    /// <param name="cancellationToken">Gives up waiting for room.</param>
    /// <exception cref="StaleEpochException">Another owner has acquired the stream.</exception>
    /// <exception cref="SequenceConflictException">The stream's last fact is another one.</exception>
    /// <exception cref="ExternalIdTakenException">Another stream of the tenant has the external id.</exception>
    /// <exception cref="StreamErasedException">The stream was erased.</exception>
    /// <exception cref="EventLogUnavailableException">Nothing was added: the disk is full, the file locked or damaged.</exception>
    /// <exception cref="ArgumentException">There are no records, their numbers leave a gap, or the metadata is out of range.</exception>
    ValueTask AppendAsync(
        string stream,
        long epoch,
        long expectedSeq,
        IReadOnlyList<LogRecord> records,
        StreamChange? change = null,
        CancellationToken cancellationToken = default);

    /// <summary>Reads every fact after <paramref name="afterSeq"/>, oldest first, then ends. Of an unknown stream there are none.</summary>
    /// <remarks>Memory is bounded: facts are read in pages, so that what is appended meanwhile may be included.</remarks>
    /// <exception cref="StreamErasedException">The stream was erased, perhaps while it was read.</exception>
    IAsyncEnumerable<LogRecord> ReadAsync(string stream, long afterSeq, CancellationToken cancellationToken = default);

    /// <summary>Reads the facts that viewers get after <paramref name="afterEventId"/>, oldest first, then ends.</summary>
    /// <remarks>Memory is bounded: facts are read in pages, so that what is appended meanwhile may be included.</remarks>
    /// <exception cref="StreamErasedException">The stream was erased, perhaps while it was read.</exception>
    IAsyncEnumerable<LogRecord> ReadEventsAsync(string stream, long afterEventId, CancellationToken cancellationToken = default);

    /// <summary>Where a stream stands; null where there was never one of that name.</summary>
    ValueTask<StreamHead?> FindAsync(string stream, CancellationToken cancellationToken = default);

    /// <summary>Where the tenant's stream with an external id stands; null where the tenant has none.</summary>
    /// <param name="tenant">The tenant; null for streams that have none.</param>
    /// <param name="externalId">The external id, compared letter by letter.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<StreamHead?> FindExternalAsync(string? tenant, string externalId, CancellationToken cancellationToken = default);

    /// <summary>Every stream of every tenant there is or was, in the order of their beginning.</summary>
    IAsyncEnumerable<StreamHead> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>One page of a tenant's streams. Its cost depends on the size of the page, not on the number of streams.</summary>
    /// <exception cref="ArgumentException">The limit is below 1.</exception>
    ValueTask<StreamPage> ListAsync(StreamQuery query, CancellationToken cancellationToken = default);

    /// <summary>The streams of every tenant that have not ended. Others cost nothing.</summary>
    IAsyncEnumerable<OpenStream> ListOpenAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// The streams whose due time is from <paramref name="from"/> to <paramref name="until"/>, both included, the earliest first. Others cost
    /// nothing. A due time is a note for whoever runs streams; the log does nothing by itself when it comes. The end of a stream takes it away,
    /// unless the append of the end sets one.
    /// </summary>
    IAsyncEnumerable<StreamDue> ListDueAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken = default);

    /// <summary>The streams that ended before <paramref name="before"/> and are not erased, the earliest end first. Others cost nothing.</summary>
    IAsyncEnumerable<string> ListEndedAsync(DateTimeOffset before, CancellationToken cancellationToken = default);

    /// <summary>
    /// When the newest fact was decided: of streams that are open the last fact, of those that have ended the end. Null where there is
    /// none.
    /// </summary>
    ValueTask<DateTimeOffset?> FindNewestFactAsync(CancellationToken cancellationToken = default);

    /// <summary>Keeps a checkpoint in place of the stream's last one. An older one than that is ignored.</summary>
    /// <exception cref="StaleEpochException">Another owner has acquired the stream.</exception>
    /// <exception cref="ArgumentException">The stream has no fact of that number.</exception>
    /// <exception cref="StreamErasedException">The stream was erased.</exception>
    /// <exception cref="EventLogUnavailableException">It was not kept; the last one is.</exception>
    ValueTask SaveCheckpointAsync(string stream, long epoch, LogCheckpoint checkpoint, CancellationToken cancellationToken = default);

    /// <summary>The stream's last checkpoint; null where there is none.</summary>
    /// <exception cref="StreamErasedException">The stream was erased.</exception>
    ValueTask<LogCheckpoint?> LoadCheckpointAsync(string stream, CancellationToken cancellationToken = default);

    /// <summary>Sets when the stream must be looked at again, whether or not anything comes in; null for never.</summary>
    /// <exception cref="StaleEpochException">Another owner has acquired the stream.</exception>
    /// <exception cref="ArgumentException">There is no such stream.</exception>
    /// <exception cref="StreamErasedException">The stream was erased.</exception>
    /// <exception cref="EventLogUnavailableException">It was not changed.</exception>
    ValueTask SetDueAsync(string stream, long epoch, DateTimeOffset? dueAt, CancellationToken cancellationToken = default);

    /// <summary>
    /// Replaces a stream's metadata. It needs no ownership: <see cref="StreamMetadata.Revision"/> names the revision that it replaces, and the
    /// stored one is one higher.
    /// </summary>
    /// <exception cref="MetadataConflictException">The metadata was changed since it was read.</exception>
    /// <exception cref="ExternalIdTakenException">Another stream of the tenant has the external id.</exception>
    /// <exception cref="ArgumentException">There is no such stream, or the metadata is out of range.</exception>
    /// <exception cref="StreamErasedException">The stream was erased.</exception>
    /// <exception cref="EventLogUnavailableException">It was not changed.</exception>
    ValueTask SaveMetadataAsync(string stream, StreamMetadata metadata, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes a stream's facts, checkpoint and metadata beyond recovery and leaves its name as a tombstone. False where there was nothing to
    /// erase: no such stream, or erased before.
    /// </summary>
    /// <exception cref="StaleEpochException">Another owner has acquired the stream.</exception>
    /// <exception cref="EventLogUnavailableException">The storage could not do it; try again.</exception>
    ValueTask<bool> EraseAsync(string stream, long epoch, CancellationToken cancellationToken = default);

    /// <summary>Writes something that changes nothing, as durably as facts are: whether the log takes any.</summary>
    /// <exception cref="EventLogUnavailableException">It does not.</exception>
    ValueTask ProbeAsync(CancellationToken cancellationToken = default);
}
